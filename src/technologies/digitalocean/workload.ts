import type { Stated } from '../../facts/fact.js';
import type { Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { boolean, get, isMap, items, pair, place, string } from '../../parse/yaml/read.js';
import { joinPath } from '../../repository-path.js';
import { managedServer } from '../managed-server.js';
import { platformWorkload } from '../platform-process.js';
import { appOf, rootOf, sharedOf, unitOf, variablesOf, type App, type Component } from './app.js';
import { writtenCount } from '../written-count.js';
import { connectionsOf } from './sizes.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const app = appOf(document);
  for (const component of app?.components ?? []) {
    if (app === undefined) return;
    if (component.kind === 'databases') yield databaseOf(document, component, app);
    else yield processOf(document, component, app);
  }
}

function processOf(document: Document, { kind, name, node }: Component, { offered }: App): Stated {
  const written = pair(node, 'instance_count');
  const replicas = writtenCount(written?.value, 1);
  const command = pair(node, 'run_command');
  const line = string(command?.value);
  return platformWorkload(
    locate(document, written === undefined ? nameOf(node) : place(written)),
    {
      unit: unitOf(document, name),
      name,
      offered,
      controller: kind === 'jobs' ? 'job' : 'replicated',
      replicas,
      explicit: written !== undefined,
      // A new deployment runs beside the old one until it is healthy.
      rollout: { strategy: 'rolling', surge: replicas, surgePercent: 100 },
      ...builtFrom(document, node),
      ...(line === undefined ? {} : { command: ['sh', '-c', line] }),
      environmentSources: [sharedOf(document), variablesOf(document, name)],
      ports: kind === 'services' ? [string(get(node, 'http_port')) ?? '8080'] : [],
      published: kind === 'services' && items(get(node, 'internal_ports')).length === 0,
    },
    command === undefined ? {} : { command: locate(document, place(command)) },
  );
}

function nameOf(node: YamlNode): Range {
  const name = pair(node, 'name');
  return name === undefined ? node : place(name);
}

/** From an image, by a build file, or by what the platform finds in the folder. */
function builtFrom(
  document: Document,
  node: YamlNode,
): { image?: string; buildContext?: string; dockerfile?: Maybe<string> } {
  const image = get(node, 'image');
  if (isMap(image)) {
    const parts = [string(get(image, 'registry')), string(get(image, 'repository'))].filter(Boolean);
    return { image: parts.join('/') };
  }
  const root = joinPath(rootOf(document), string(get(node, 'source_dir')) ?? '');
  const file = string(get(node, 'dockerfile_path'));
  // The path is told from the root of the repository.
  return file === undefined
    ? { buildContext: root }
    : { buildContext: root, dockerfile: joinPath(rootOf(document), file) };
}

const IMAGES: Readonly<Partial<Record<string, string>>> = {
  PG: 'postgres',
  MYSQL: 'mysql',
  REDIS: 'redis',
  VALKEY: 'redis',
  MONGODB: 'mongo',
};

/** A database that is made with the app, or one that exists already (`production: true`). */
function databaseOf(document: Document, { name, node }: Component, { offered }: App): Stated {
  const engine = string(get(node, 'engine')) ?? 'PG';
  const version = string(get(node, 'version'));
  const image = Object.hasOwn(IMAGES, engine) ? (IMAGES[engine] ?? 'postgres') : 'postgres';
  const size = pair(node, 'size');
  const isOwn = boolean(get(node, 'production')) === true || get(node, 'cluster_name') !== undefined;
  return managedServer(locate(document, nameOf(node)), {
    unit: unitOf(document, name),
    name,
    image: version === undefined ? image : `${image}:${version}`,
    offered,
    ...(engine === 'PG' ? { connections: connectionsOf(string(size?.value), isOwn) } : {}),
    plan: locate(document, size === undefined ? nameOf(node) : place(size)),
  });
}
