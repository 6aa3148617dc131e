import type { Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, number, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { managedServer } from '../managed-server.js';
import { platformWorkload } from '../platform-process.js';
import { addOnsOf } from './addons.js';
import { environmentSet } from './environment-set.js';
import { isJob, unitOf } from './unit.js';

/** `formation` of app.json: with how many processes of a type a copy begins. One is what it begins with anyway. */
export function* formation(document: Document<YamlTree>): Generator<Stated> {
  const [root] = document.tree.documents;
  for (const process of pairs(get(root, 'formation'))) {
    const quantity = pair(process.value, 'quantity');
    const count = number(quantity?.value);
    if (quantity === undefined || count === undefined || count < 2) continue;
    yield platformWorkload(locate(document, place(quantity)), {
      unit: unitOf(document.path, process.key),
      name: process.key,
      replicas: count,
      explicit: true,
      buildContext: folderOf(document.path),
      environmentSources: [environmentSet(document)],
      ports: process.key === 'web' ? ['$PORT'] : [],
    });
  }
}

/**
 * heroku.yml: https://devcenter.heroku.com/articles/build-docker-images-heroku-yml. It most often stands behind a button;
 * how many processes there are is said on the platform.
 */
export function* containers(document: Document<YamlTree>): Generator<Stated> {
  const [root] = document.tree.documents;
  const folder = folderOf(document.path);
  const images = new Map(
    pairs(get(root, 'build', 'docker')).map((one) => [
      one.key,
      string(one.value) ?? string(get(one.value, 'dockerfile')) ?? 'Dockerfile',
    ]),
  );
  const runs = new Map(pairs(get(root, 'run')).map((one) => [one.key, one]));
  const release = pair(root, 'release');
  if (isMap(release?.value)) runs.set('release', release);
  const targets = new Map(
    pairs(get(root, 'build', 'docker')).map((one) => [one.key, string(get(one.value, 'target'))]),
  );
  for (const type of new Set([...images.keys(), ...runs.keys()])) {
    const run = runs.get(type);
    const image = string(get(run?.value, 'image')) ?? (images.has(type) ? type : 'web');
    const file = images.get(image);
    const built = pair(get(root, 'build', 'docker'), image);
    const at = run ?? built;
    if (at === undefined) continue;
    const line = string(run?.value) ?? string(get(run?.value, 'command'));
    const words = items(get(run?.value, 'command')).flatMap((word) => string(word) ?? []);
    const command = line ?? (words.length > 0 ? words.join(' ') : undefined);
    const target = targets.get(image);
    yield platformWorkload(
      locate(document, place(at)),
      {
        unit: unitOf(document.path, type),
        name: type,
        controller: isJob(type) ? 'job' : 'replicated',
        replicas: unknown('the number of processes of the platform is not in the repository'),
        offered: true,
        buildContext: file === undefined ? folder : joinPath(folder, folderOf(file)),
        ...(file === undefined ? {} : { dockerfile: joinPath(folder, file) }),
        ...(target === undefined ? {} : { buildTarget: target }),
        ...(command === undefined ? {} : { command: ['sh', '-c', command] }),
        environmentSources: [`platform:${joinPath(folder, 'app.json')}`, `platform:${document.path}`],
        ports: type === 'web' ? ['$PORT'] : [],
      },
      run === undefined ? {} : { command: locate(document, place(run)) },
    );
  }
}

/** Servers that both files ask for. */
export function* addOns(document: Document<YamlTree>, offered: boolean): Generator<Stated> {
  for (const { name, node, image, connections } of addOnsOf(document)) {
    const plan = pair(node, 'plan');
    const location = locate(document, plan === undefined ? node : place(plan));
    yield managedServer(location, {
      unit: unitOf(document.path, name),
      name,
      image,
      offered,
      plan: location,
      ...connectionsKnown(connections),
    });
  }
}

function connectionsKnown(connections: Maybe<number> | undefined): { connections?: Maybe<number> } {
  return connections === undefined ? {} : { connections };
}
