import { unknown } from '../../location.js';
import type { DeployedUnit } from '../deployed-unit.js';
import { maybeText } from '../evaluated.js';
import { countOf, placeOf } from '../task-containers.js';
import { knownText, referred, type Applied } from './resources.js';

/** https://registry.terraform.io/providers/heroku/heroku/latest/docs/resources/formation: the code says what a process of that type runs. */
export function* formationUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const resource of all) if (resource.type === 'heroku_formation') yield formation(resource);
}

function formation(resource: Applied): DeployedUnit {
  const { view, unit, audience } = resource;
  const kind = knownText(view, 'type') ?? resource.name;
  const app = referred(view.get('app_id') ?? view.get('app'), resource, 'heroku_app');
  const name = (app === undefined ? undefined : knownText(app.view, 'name')) ?? app?.name;
  const called = name === undefined ? resource.name : `${name}-${kind}`;
  const { value, at } = countOf(view.get('quantity'), 1);
  const variables = app?.view.get('config_vars');
  return {
    ...{ unit, audience, name: called, controller: 'replicated', head: view.at(), elastic: true },
    replicas: value,
    replicasAt: at,
    surge: unknown('dynos of the old release end as those of the new one start'),
    ...(kind === 'web' ? { published: true } : {}),
    containers: [
      {
        name: kind,
        location: view.at(),
        // Whose code it runs, and from which image or build pack, stands elsewhere.
        image: unknown('what is pushed to it is not told'),
        variables:
          variables?.kind === 'map'
            ? [...variables.entries].map(([key, one]) => ({
                name: key,
                value: maybeText(one),
                location: placeOf(one) ?? view.at(),
              }))
            : [],
        open: ['config vars of the application'],
        ports: kind === 'web' ? ['$PORT'] : [],
        ...{ probed: true, cpu: true, memory: true, mounts: [] },
        grace: { seconds: 30, location: undefined },
      },
    ],
  };
}
