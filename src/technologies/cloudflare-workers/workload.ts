import { state, type Stated } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { unknown, type Location } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, place, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { platformWorkload } from '../platform-process.js';
import { containersOf, type Container } from './containers.js';
import { bound, inherited, variablesOf, workerOf, type Worker } from './worker.js';

/** https://developers.cloudflare.com/workers/wrangler/configuration/ */
export function* fromDocuments(documents: readonly Document[]): Generator<Stated> {
  // What several workers are bound to is there once.
  const told = new Set<string>();
  // Only documents of this technology come here.
  for (const document of documents as readonly Document<TomlTree | YamlTree>[]) yield* statedBy(document, told);
}

function* statedBy(document: Document<TomlTree | YamlTree>, told: Set<string>): Generator<Stated> {
  const worker = workerOf(document);
  if (worker === undefined) return;
  const main = inherited(worker, 'main');
  const pages = pair(worker.root, 'pages_build_output_dir');
  // Without a script there are files alone, which the platform sends.
  const head = main ?? pages;
  if (head !== undefined) yield scriptOf(document, worker, place(head), string(main?.value));
  for (const container of containersOf(worker)) yield containerOf(document, worker, container);
  for (const [key, service, id, names] of SERVICES) {
    for (const node of bound(worker, key)) {
      const found = names.map((name) => pair(node, name)).find((one) => string(one?.value) !== undefined);
      const name = string(found?.value);
      const unit = `${key}/${string(get(node, id)) ?? name ?? ''}`;
      if (found === undefined || name === undefined || told.has(unit)) continue;
      told.add(unit);
      const called = names[0] === 'binding' ? `${worker.name}-${name}` : name;
      yield serviceOf(locate(document, place(found)), service, unit, called, worker.audience);
    }
  }
}

/**
 * What the platform runs beside it, with the key that tells one from another. Hyperdrive stands between a worker and a
 * database elsewhere and keeps its connections: https://developers.cloudflare.com/hyperdrive/
 */
const SERVICES = [
  ['d1_databases', 'database', 'database_id', ['database_name', 'binding']],
  ['hyperdrive', 'pooler', 'id', ['binding']],
  ['kv_namespaces', 'store', 'id', ['binding']],
] as const;

function common(document: Document, worker: Worker) {
  return { audience: worker.audience, environmentSources: [variablesOf(document)] };
}

/** Each of many places of the platform runs as many copies of a script as it has requests for. */
function scriptOf(document: Document, worker: Worker, head: Range, entry: string | undefined): Stated {
  const [timer] = items(get(inherited(worker, 'triggers')?.value, 'crons'));
  const routes = [...items(inherited(worker, 'routes')?.value), inherited(worker, 'route')?.value];
  const hidden =
    string(inherited(worker, 'workers_dev')?.value) === 'false' && routes.every((one) => one === undefined);
  // A worker that only the clock or other workers ask answers nobody outside.
  const isAsked = timer === undefined || !hidden;
  return platformWorkload(locate(document, head), {
    ...common(document, worker),
    unit: worker.unit,
    name: worker.name,
    replicas: unknown('the platform runs as many copies as there are requests for, near those who ask', [10, 1000]),
    rollout: { strategy: 'rolling', surge: unknown('copies of the old version finish what they began') },
    buildContext: folderOf(document.path),
    command: ['workerd', entry ?? ''],
    ports: isAsked ? ['443'] : [],
    published: !hidden,
  });
}

function containerOf(document: Document, worker: Worker, { name, node, unit }: Container): Stated {
  const image = pair(node, 'image');
  const written = string(image?.value) ?? '';
  const folder = folderOf(document.path);
  const isFile = /^\.{0,2}\/|Dockerfile/.test(written);
  return platformWorkload(locate(document, image === undefined ? node : place(image)), {
    ...common(document, worker),
    unit,
    name,
    environmentSources: [],
    replicas: unknown('the platform starts as many as its worker asks for'),
    rollout: { strategy: 'rolling', surge: unknown('containers of the old version finish what they began') },
    ...(isFile
      ? { dockerfile: joinPath(folder, written), buildContext: folderOf(joinPath(folder, written)) }
      : { image: written }),
    ports: ['8080'],
    published: false,
  });
}

/** A server that the platform runs, and spreads over machines itself. */
function serviceOf(
  location: Location,
  service: 'database' | 'store' | 'pooler',
  unit: string,
  name: string,
  audience: Worker['audience'],
): Stated {
  return state(workload, location, {
    ...{ service, unit, name, container: name, controller: 'stateful', placement: 'many-hosts', audience },
    ...{ replicas: 1, replicasExplicit: false, strategy: 'rolling', surge: 0, singleName: false },
    ...{ environmentSources: [], readinessProbe: 'present', cpuRequest: 'present', memoryRequest: 'present' },
    ...{ ports: [], published: false },
  });
}
