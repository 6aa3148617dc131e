import { state, type Stated } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { joinPath } from '../../repository-path.js';
import { audienceOfPath } from '../audience.js';
import { deploymentOf, folderOfProject, unitOf, variablesOf, type Deployment, type Role } from './deployment.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const deployment = deploymentOf(document);
  if (deployment === undefined) return;
  for (const role of deployment.roles) yield roleOf(document, deployment, role);
  for (const { key, value } of pairs(get(deployment.root, 'accessories'))) {
    const accessory = accessoryOf(document, deployment, key, value);
    if (accessory !== undefined) yield accessory;
  }
}

/** One container on each machine; the next one is started before the old one stops: https://kamal-deploy.org/docs/commands/deploy/ */
function roleOf(document: Document, deployment: Deployment, role: Role): Stated {
  const { name, hosts } = role;
  const command = isMap(role.node) ? pair(role.node, 'cmd') : undefined;
  const line = string(command?.value);
  const isWeb = name === 'web' || (isMap(role.node) && string(get(role.node, 'proxy')) === 'true');
  const [first] = hosts;
  const at = locate(document, first ?? role.node);
  return state(
    workload,
    at,
    {
      ...common(document),
      unit: unitOf(document, deployment, name),
      name: name === 'web' ? deployment.service : `${deployment.service}-${name}`,
      container: name,
      controller: 'replicated',
      replicas: hosts.length === 0 ? unknown('which machines there are is not written here') : hosts.length,
      replicasExplicit: false,
      strategy: 'rolling',
      surge: isWeb ? 1 : 0,
      singleName: false,
      ...builtFrom(document, deployment),
      ...(line === undefined ? {} : { command: ['sh', '-c', line] }),
      environmentSources: [variablesOf(document), variablesOf(document, name)],
      readinessProbe: isWeb ? 'present' : 'absent',
      ports: isWeb ? [string(get(deployment.root, 'proxy', 'app_port')) ?? '80'] : [],
      published: isWeb,
    },
    [],
    { ...places(at), ...(command === undefined ? {} : { command: locate(document, place(command)) }) },
  );
}

/** A server that is started beside the application, on one machine. */
function accessoryOf(document: Document, deployment: Deployment, name: string, node: YamlNode): Stated | undefined {
  const image = pair(node, 'image');
  const reference = string(image?.value);
  if (image === undefined || reference === undefined) return undefined;
  const at = locate(document, place(image));
  return state(
    workload,
    at,
    {
      ...common(document),
      unit: unitOf(document, deployment, `accessories/${name}`),
      name: `${deployment.service}-${name}`,
      container: name,
      controller: 'stateful',
      replicas: 1,
      replicasExplicit: false,
      strategy: 'recreate',
      surge: 0,
      singleName: true,
      image: reference,
      environmentSources: [],
      readinessProbe: 'absent',
      ports: [],
      published: false,
    },
    [],
    places(at),
  );
}

/** Containers have no bounds unless `options` sets some; machines of their own need none. */
function common(document: Document) {
  return {
    placement: 'many-hosts' as const,
    audience: audienceOfPath(document.path.replace(/^.*\//, '')) ?? ('production' as const),
    cpuRequest: 'present' as const,
    memoryRequest: 'present' as const,
  };
}

function places(at: ReturnType<typeof locate>) {
  return { readinessProbe: at, cpuRequest: at, memoryRequest: at };
}

/** The Dockerfile of the folder, unless the builder names another. */
function builtFrom(document: Document, { root }: Deployment) {
  const folder = folderOfProject(document);
  const builder = get(root, 'builder');
  const context = joinPath(folder, string(get(builder, 'context')) ?? '.');
  const target = string(get(builder, 'target'));
  return {
    buildContext: context,
    dockerfile: joinPath(context, string(get(builder, 'dockerfile')) ?? 'Dockerfile'),
    ...(target === undefined ? {} : { buildTarget: target }),
  };
}
