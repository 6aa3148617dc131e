import type { Stated } from '../../facts/fact.js';
import type { Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isScalar, items, pair, place, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { managedServer } from '../managed-server.js';
import { platformWorkload } from '../platform-process.js';
import { blueprintOf, groupOf, unitOf, variablesOf, type Named } from './blueprint.js';
import { writtenCount } from '../written-count.js';
import { connectionsOf } from './plans.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const { services, databases, offered } = blueprintOf(document);
  for (const service of services) {
    const type = string(get(service.node, 'type')) ?? 'web';
    if (type === 'redis' || type === 'keyvalue') yield keyValue(document, service, offered);
    // Files that the platform sends itself run nowhere.
    else if (!isStatic(service.node)) yield* serviceOf(document, service, type, offered);
  }
  for (const database of databases) yield databaseOf(document, database, offered);
}

function isStatic(node: YamlNode): boolean {
  return (
    (string(get(node, 'runtime')) ?? string(get(node, 'env'))) === 'static' || string(get(node, 'type')) === 'static'
  );
}

function* serviceOf(document: Document, { name, node }: Named, type: string, offered: boolean): Generator<Stated> {
  const written = pair(node, 'numInstances');
  const single = isScalar(get(node, 'disk', 'mountPath'));
  const replicas = writtenCount(written?.value, 1);
  const command = pair(node, 'startCommand') ?? pair(node, 'dockerCommand');
  const line = string(command?.value);
  const common = {
    ...builtFrom(document, node),
    offered,
    environmentSources: [...groupsOf(document, node), variablesOf(document, name)],
  };
  const begin = string(get(node, 'preDeployCommand'));
  if (begin !== undefined) {
    const found = pair(node, 'preDeployCommand');
    yield platformWorkload(locate(document, found === undefined ? node : place(found)), {
      ...common,
      unit: `${unitOf(document, name)}/pre-deploy`,
      name: `${name}-pre-deploy`,
      container: name,
      controller: 'job',
      replicas: 1,
      command: ['sh', '-c', begin],
      ports: [],
    });
  }
  const location = locate(document, written === undefined ? nameOf(node) : place(written));
  const places = command === undefined ? {} : { command: locate(document, place(command)) };
  yield platformWorkload(
    location,
    {
      ...common,
      unit: unitOf(document, name),
      name,
      controller: type === 'cron' ? 'scheduled-job' : 'replicated',
      replicas,
      explicit: written !== undefined,
      // A disk belongs to one instance, which is stopped before the next one starts: https://render.com/docs/disks
      single,
      rollout: single
        ? { strategy: 'recreate', surge: 0 }
        : { strategy: 'rolling', surge: replicas, surgePercent: 100 },
      ...(line === undefined ? {} : { command: ['sh', '-c', line] }),
      ports: type === 'web' || type === 'pserv' ? [portOf(node)] : [],
      published: type === 'web',
    },
    single ? { ...places, singleName: locate(document, pair(node, 'disk')?.keyRange ?? node) } : places,
  );
}

function nameOf(node: YamlNode): Range {
  const name = pair(node, 'name');
  return name === undefined ? node : place(name);
}

/** `PORT` is 10000 unless it is set. */
function portOf(node: YamlNode): string {
  const set = items(get(node, 'envVars')).find((one) => string(get(one, 'key')) === 'PORT');
  return string(get(set, 'value')) ?? '10000';
}

function groupsOf(document: Document, node: YamlNode): string[] {
  return items(get(node, 'envVars')).flatMap((one) => {
    const group = string(get(one, 'fromGroup'));
    return group === undefined ? [] : [groupOf(document, group)];
  });
}

function builtFrom(
  document: Document,
  node: YamlNode,
): { image?: string; buildContext?: Maybe<string>; dockerfile?: string } {
  const image = string(get(node, 'image', 'url'));
  if (image !== undefined) return { image };
  const root = joinPath(folderOf(document.path), string(get(node, 'rootDir')) ?? '');
  const runtime = string(get(node, 'runtime')) ?? string(get(node, 'env'));
  if (runtime !== 'docker') return { buildContext: root };
  return {
    buildContext: joinPath(root, string(get(node, 'dockerContext')) ?? ''),
    dockerfile: joinPath(root, string(get(node, 'dockerfilePath')) ?? 'Dockerfile'),
  };
}

function databaseOf(document: Document, { name, node }: Named, offered: boolean): Stated {
  const version = string(get(node, 'postgresMajorVersion'));
  const plan = pair(node, 'plan');
  return managedServer(locate(document, nameOf(node)), {
    unit: unitOf(document, name),
    name,
    image: version === undefined ? 'postgres' : `postgres:${version}`,
    offered,
    connections: connectionsOf(string(plan?.value)),
    plan: locate(document, plan === undefined ? nameOf(node) : place(plan)),
  });
}

function keyValue(document: Document, { name, node }: Named, offered: boolean): Stated {
  const location = locate(document, nameOf(node));
  return managedServer(location, { unit: unitOf(document, name), name, image: 'redis', offered, plan: location });
}
