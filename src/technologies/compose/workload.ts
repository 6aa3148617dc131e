import { state, type FactOf, type Stated } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { isUnknown, unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { boolean, get, isMap, isScalar, items, pairs, place, string } from '../../parse/yaml/read.js';
import { BINARY, megabytesOf } from '../memory-size.js';
import { audienceOf, mountsCode } from './audience.js';
import { buildOf } from './build.js';
import { commandOf, type Command } from './command.js';
import { environmentFiles } from './environment-files.js';
import { countOf, defaultsIn, imageOf, knownText, textOf } from './interpolated.js';
import { portsOf, type Port } from './ports.js';
import { deploymentsOf, field, fieldInAll, type Deployment, type Found, type Service } from './services.js';
import { unitOf, variablesOf } from './units.js';

export function* fromDocuments(documents: readonly Document<YamlTree>[]): Generator<Stated> {
  for (const deployment of deploymentsOf(documents)) {
    const isSwarm = isForSwarm(deployment.within ?? deployment);
    for (const service of deployment.services) yield stateService(deployment, service, isSwarm);
  }
}

/** Where a pair stands. */
function placed(found: Found): Location {
  return locate(found.document, place(found));
}

/** By its name, by a network across machines, or by keys that mean nothing on one machine. */
function isForSwarm(deployment: Deployment): boolean {
  const name = deployment.document.path.slice(deployment.document.path.lastIndexOf('/') + 1);
  const networks = pairs(get(deployment.root, 'networks'));
  return (
    /(?:^|[-_.])(?:stack|swarm)(?:[-_.]|$)/i.test(name) ||
    networks.some(({ value }) => knownText(get(value, 'driver')) === 'overlay') ||
    deployment.services.some(hasSwarmKeys)
  );
}

/** Keys that only mean something where several machines run the services. */
function hasSwarmKeys(service: Service): boolean {
  const keys = ['mode', 'placement', 'update_config', 'rollback_config', 'endpoint_mode'];
  return keys.some((key) => field(service, 'deploy', key) !== undefined);
}

function stateService(deployment: Deployment, service: Service, isSwarm: boolean): Stated {
  const { document } = deployment;
  const found = field(service, 'deploy', 'replicas') ?? field(service, 'scale');
  const replicas = countOf(found?.value) ?? 1;
  const mode = knownText(field(service, 'deploy', 'mode')?.value) ?? '';
  const command = commandOf(service, 'command');
  const entrypoint = commandOf(service, 'entrypoint');
  const image = imageOf(field(service, 'image')?.value) ?? inherited(service, 'image');
  const workingDirectory = textOf(field(service, 'working_dir')?.value);
  const stopSignal = textOf(field(service, 'stop_signal')?.value);
  const bound = boundTo(service, isSwarm);
  return state(
    workload,
    found === undefined ? locate(document, service.place) : placed(found),
    {
      unit: unitOf(deployment, service),
      name: service.name,
      container: service.name,
      controller:
        mode.endsWith('-job') || isAwaited(deployment, service) ? 'job' : mode === 'global' ? 'daemon' : 'replicated',
      placement: isSwarm ? 'many-hosts' : 'one-host',
      audience: audienceOf(deployment, service),
      replicas: mode === 'global' ? unknown('one for each machine of the swarm') : replicas,
      replicasExplicit: found !== undefined,
      strategy: isSwarm ? 'rolling' : 'recreate',
      surge: isSwarm ? surgeOf(service, replicas) : 0,
      singleName: bound !== undefined,
      ...(image === undefined ? {} : { image }),
      ...buildOf(service),
      ...(entrypoint === undefined ? {} : { entrypoint: entrypoint.words }),
      ...(command === undefined ? {} : { command: command.words }),
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
      ...(stopSignal === undefined ? {} : { stopSignal }),
      ...(knownText(field(service, 'init')?.value) === 'true' ? { init: true } : {}),
      ...(mountsCode(deployment, service) ? { mountsCode: true } : {}),
      environmentSources: [
        ...environmentFiles(service).map((path) => `file:${path}`),
        variablesOf(deployment, service),
      ],
      readinessProbe: readinessOf(service),
      cpuRequest: requests(service, 'cpus', ['cpus', 'cpu_shares', 'cpu_quota']),
      memoryRequest: requests(service, 'memory', ['mem_limit', 'mem_reservation']),
      ...memoryLimitOf(service),
      ports: portsOf(service).map((port) => port.inside),
      published: isPublished(service),
    },
    defaultedEvidence(found),
    placesOf(document, service, { entrypoint, command, bound }),
  );
}

/** A service that extends one of another file may have there what it lacks here. */
function inherited(service: Service, what: string): Maybe<string> | undefined {
  return service.elsewhere === undefined
    ? undefined
    : unknown(`its ${what} may come from the service ${service.elsewhere}`);
}

function isAwaited(deployment: Deployment, service: Service): boolean {
  return deployment.services.some((other) =>
    fieldInAll(other, 'depends_on').some(
      ({ node }) => string(get(node, service.name, 'condition')) === 'service_completed_successfully',
    ),
  );
}

/** New instances before old ones are stopped, as many at a time as `parallelism` says. */
function surgeOf(service: Service, replicas: Maybe<number>): Maybe<number> {
  const order = textOf(field(service, 'deploy', 'update_config', 'order')?.value);
  if (order === undefined || order === 'stop-first') return 0;
  if (isUnknown(order)) return unknown(order.unknown);
  const parallelism = countOf(field(service, 'deploy', 'update_config', 'parallelism')?.value) ?? 1;
  if (isUnknown(parallelism) || isUnknown(replicas)) return isUnknown(parallelism) ? parallelism : replicas;
  return parallelism === 0 ? replicas : Math.min(parallelism, replicas);
}

/** `expose` opens nothing that the network of the deployment does not; Traefik and its kin read labels, others a variable. */
function isPublished(service: Service): Maybe<boolean> {
  const opens = ['ports', 'labels', 'network_mode'].some((name) => fieldInAll(service, name).length > 0);
  if (opens || field(service, 'deploy', 'labels') !== undefined) return true;
  return service.elsewhere === undefined ? false : unknown(elsewhereReason(service));
}

/** What lets only one instance run on a machine. A swarm ignores the name and gives each port to all instances. */
function boundTo(service: Service, isSwarm: boolean): Location | undefined {
  const portOf = (takes: (port: Port) => boolean): Location | undefined => {
    const found = portsOf(service).find(takes);
    return found === undefined ? undefined : locate(found.document, found.place);
  };
  if (isSwarm) return portOf((port) => port.ofHost);
  const name = field(service, 'container_name');
  if (name !== undefined) return placed(name);
  const network = field(service, 'network_mode');
  if (network !== undefined && string(network.value) === 'host') return placed(network);
  return portOf((port) => port.fixed);
}

function readinessOf(service: Service): Maybe<'present' | 'absent'> {
  const found = field(service, 'healthcheck');
  if (!isMap(found?.value))
    return found === undefined && service.elsewhere !== undefined ? unknown(elsewhereReason(service)) : 'absent';
  const test = get(found.value, 'test');
  const isOff = boolean(get(found.value, 'disable')) === true || string(items(test)[0] ?? test) === 'NONE';
  return isOff ? 'absent' : 'present';
}

function requests(service: Service, resource: string, older: readonly string[]): Maybe<'present' | 'absent'> {
  const present =
    field(service, 'deploy', 'resources', 'reservations', resource) !== undefined ||
    field(service, 'deploy', 'resources', 'limits', resource) !== undefined ||
    older.some((key) => field(service, key) !== undefined);
  if (present) return 'present';
  return service.elsewhere === undefined ? 'absent' : unknown(elsewhereReason(service));
}

function limitFound(service: Service): Found | undefined {
  return field(service, 'deploy', 'resources', 'limits', 'memory') ?? field(service, 'mem_limit');
}

/** https://docs.docker.com/reference/compose-file/deploy/#resources; `0` is no limit. */
function memoryLimitOf(service: Service): { memoryLimit?: Maybe<number> } {
  const found = limitFound(service);
  const text = textOf(found?.value);
  if (text === undefined) return {};
  if (isUnknown(text)) return { memoryLimit: unknown(text.unknown) };
  const limit = megabytesOf(text, BINARY);
  return limit === 0 ? {} : { memoryLimit: limit ?? unknown(`not a size here: ${text.slice(0, 80)}`) };
}

function elsewhereReason(service: Service): string {
  return `it may come from the service ${service.elsewhere ?? ''}`;
}

function defaultedEvidence(replicas: Found | undefined): Evidence[] {
  if (replicas === undefined) return [];
  return defaultsIn(string(replicas.value) ?? '').map((name) => ({
    message: `nothing in the repository sets ${name}, so its default counts`,
    location: placed(replicas),
  }));
}

/** What a service lacks stands with its name, also where the number of its instances has a place of its own. */
function placesOf(
  document: Document,
  service: Service,
  found: { entrypoint: Command | undefined; command: Command | undefined; bound: Location | undefined },
): NonNullable<FactOf<typeof workload>['places']> {
  const name = locate(document, service.place);
  const image = field(service, 'image');
  const limit = limitFound(service);
  const words = ({ pair: { value, document: from } }: Command): Location | Location[] =>
    isScalar(value) ? locate(from, value) : items(value).map((item) => locate(from, item));
  return {
    readinessProbe: name,
    cpuRequest: name,
    memoryRequest: name,
    image: image === undefined ? name : placed(image),
    ...(limit === undefined ? {} : { memoryLimit: placed(limit) }),
    ...(found.entrypoint === undefined ? {} : { entrypoint: words(found.entrypoint) }),
    ...(found.command === undefined ? {} : { command: words(found.command) }),
    ...(found.bound === undefined ? {} : { singleName: found.bound }),
  };
}
