import type { FactOf, Stated } from '../../facts/fact.js';
import type { workload } from '../../facts/workload.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import { get, items, pair, place, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { platformWorkload } from '../platform-process.js';
import { memoryOf } from './memory.js';
import { appOf, servicesOf, unitOf, variablesOf, type App, type Group } from './app.js';

export function* fromDocument(document: Document<TomlTree>): Generator<Stated> {
  const app = appOf(document);
  if (app === undefined) return;
  const release = pair(get(app.root, 'deploy'), 'release_command');
  const line = string(release?.value);
  if (release !== undefined && line !== undefined && line !== '') {
    yield platformWorkload(locate(document, place(release)), {
      ...common(document, app),
      unit: unitOf(document, app, 'release'),
      name: `${app.name}-release`,
      controller: 'job',
      replicas: 1,
      command: ['sh', '-c', line],
      ports: [],
    });
  }
  for (const group of app.groups) yield groupOf(document, app, group);
}

function groupOf(document: Document, app: App, group: Group): Stated {
  const services = servicesOf(app, group);
  const ports = services.flatMap((one) => string(get(one, 'internal_port')) ?? '8080');
  const line = string(group.pair?.value);
  const memory = memoryOf(document, app, group);
  return platformWorkload(
    locate(document, placeOf(app, group)),
    {
      ...common(document, app),
      unit: unitOf(document, app, group.name),
      // A single group is called like the application.
      name: group.pair === undefined ? app.name : group.name,
      container: group.name,
      replicas: unknown('the file does not say how many machines there are: `fly scale count` does'),
      rollout: rolloutOf(app),
      ...(line === undefined || line === '' ? {} : { command: ['sh', '-c', line] }),
      ports: [...new Set(ports)],
      published: services.length > 0,
      memoryLimit: memory?.limit,
    },
    {
      ...(group.pair === undefined ? {} : { command: locate(document, place(group.pair)) }),
      ...(memory === undefined ? {} : { memoryLimit: memory.location }),
    },
  );
}

/** Where its machines are described: the command, else the service, else the name of the application. */
function placeOf(app: App, group: Group): Range {
  if (group.pair !== undefined) return place(group.pair);
  const service = pair(app.root, 'http_service') ?? pair(app.root, 'app') ?? pair(app.root, 'services');
  return service === undefined ? app.root : place(service);
}

/** https://fly.io/docs/reference/configuration/#the-deploy-section */
function rolloutOf({ root }: App): Pick<FactOf<typeof workload>['properties'], 'strategy' | 'surge' | 'surgePercent'> {
  const strategy = string(get(root, 'deploy', 'strategy')) ?? 'rolling';
  if (strategy === 'canary') return { strategy: 'rolling', surge: 1 };
  if (strategy === 'bluegreen')
    return { strategy: 'rolling', surge: unknown('as many as run already'), surgePercent: 100 };
  return { strategy: 'rolling', surge: 0 };
}

function common(document: Document, app: App) {
  return { offered: app.offered, environmentSources: [variablesOf(document)], ...builtFrom(document, app) };
}

/** From an image, by a build file, by build packs, or by the Dockerfile beside it where there is one. */
function builtFrom(
  document: Document,
  { root, offered }: App,
): { image?: string; buildContext?: string; dockerfile?: Maybe<string>; buildTarget?: string } {
  const build = get(root, 'build');
  const image = string(get(build, 'image'));
  if (image !== undefined) return { image };
  // From a folder for manifests the application is deployed from where it stands: the root.
  const folder = offered ? '' : folderOf(document.path);
  const file = string(get(build, 'dockerfile'));
  const target = string(get(build, 'build-target'));
  const packs = string(get(build, 'builder')) ?? string(items(get(build, 'buildpacks'))[0]);
  if (packs !== undefined && file === undefined) return { buildContext: folder };
  const dockerfile: Maybe<string> =
    file === undefined
      ? unknown('a Dockerfile in its folder, where there is one', [joinPath(folder, 'Dockerfile')])
      : joinPath(folderOf(document.path), file);
  return { buildContext: folder, dockerfile, ...(target === undefined ? {} : { buildTarget: target }) };
}
