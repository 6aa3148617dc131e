import { unknown } from '../../location.js';
import { onDemand, type DeployedUnit } from '../deployed-unit.js';
import { functionCommand, LEAST_MEMORY, MOST_AT_ONCE } from '../function-concurrency.js';
import { maybeText, textOf } from '../evaluated.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { countOf, imageOf, limitOf, placeOf } from '../task-containers.js';
import { knownText, referred, type Applied } from './resources.js';

/** Functions of Lambda: an instance for each request under way, as many as are reserved or the account allows. */
export function* functionUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const resource of all) {
    if (resource.type === 'aws_lambda_function' || resource.type === 'terraform-aws-modules/lambda/aws')
      yield lambda(resource);
  }
}

function lambda(resource: Applied): DeployedUnit {
  const { view } = resource;
  const reserved = countOf(view.get('reserved_concurrent_executions'), MOST_AT_ONCE);
  // -1 takes the bound away, as if nothing were written.
  const isBound = reserved.at !== undefined && reserved.value !== -1;
  const maximum = isBound ? reserved.value : MOST_AT_ONCE;
  const name = knownText(view, 'function_name') ?? resource.name;
  const image = view.get('image_uri');
  const source = sourceOf(resource);
  const variables = view.blocks('environment')[0]?.get('variables') ?? view.get('environment_variables');
  return {
    unit: resource.unit,
    name,
    audience: resource.audience,
    controller: 'replicated',
    head: view.at(),
    replicas: unknown('one for each request that is under way'),
    replicasAt: undefined,
    scaled: {
      location: isBound ? (reserved.at ?? view.at()) : view.at(),
      minimum: onDemand(0, maximum),
      maximum,
      inherent: true,
      bound: isBound ? 'written' : 'account',
      ...(isBound ? {} : { by: 'nothing is reserved, so the limit of the account counts:' }),
    },
    containers: [
      {
        name,
        location: view.at(),
        ...(image === undefined ? {} : { image: imageOf(image), imageAt: placeOf(image) ?? view.at() }),
        ...(source === undefined ? {} : { buildContext: source }),
        ...functionCommand(textOf(view.get('handler')), textOf(view.get('runtime'))),
        commandAt: view.at('handler'),
        variables:
          variables?.kind === 'map'
            ? [...variables.entries].map(([key, value]) => ({
                name: key,
                value: maybeText(value),
                location: placeOf(value) ?? view.at(),
              }))
            : [],
        open: variables?.kind === 'unknown' ? ['variables of the function'] : [],
        ports: [],
        ...{ probed: true, cpu: true, memory: true, mounts: [] },
        limit: limitOf(view.get('memory_size')) ?? { megabytes: LEAST_MEMORY, location: view.at() },
      },
    ],
  };
}

/** The folder that is packed, where the same configuration packs it. */
function sourceOf(resource: Applied): string | undefined {
  const archive = referred(resource.view.get('filename'), resource, 'data.archive_file');
  const view = archive?.view ?? resource.view;
  const written = knownText(view, archive === undefined ? 'source_path' : 'source_dir');
  if (written === undefined) return undefined;
  const folder = folderOf(view.at().uri);
  // `path.module` is from the root already; what is written out is from where it stands.
  return /^\.\.?\//.test(written) && folder !== '' ? joinPath(folder, written) : joinPath('', written);
}
