import { unknown } from '../../location.js';
import type { CloudServer } from '../cloud-server.js';
import type { DeployedUnit } from '../deployed-unit.js';
import { azureLimit } from '../managed-limits.js';
import { limitOf as serverLimit } from '../cloud-server.js';
import { isNothing, maybeText, textOf, truthOf } from '../evaluated.js';
import { countOf, imageOf, limitOf, placeOf } from '../task-containers.js';
import { knownText, type Applied } from './resources.js';

/**
 * Modules that many services of one government share, brought in when they are applied:
 * https://github.com/DFE-Digital/terraform-modules/tree/main/aks
 */
const APPLICATION = /(?:^|\/)aks\/application(?:\?|$)/;
const SERVER = /(?:^|\/)aks\/(postgres|redis)(?:\?|$)/;

export function* publishedUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const resource of all)
    if (APPLICATION.test(resource.type) && resource.view.get('docker_image') !== undefined) yield application(resource);
}

function application(resource: Applied): DeployedUnit {
  const { view, unit, audience } = resource;
  const isWeb = truthOf(view.get('is_web')) !== false;
  const own = knownText(view, 'name');
  const service = knownText(view, 'service_name') ?? resource.name;
  const name = own === undefined || own === '' ? service : `${service}-${own}`;
  const { value, at } = countOf(view.get('replicas'), 1);
  const image = view.get('docker_image');
  const command = view.get('command');
  const path = view.get('probe_path');
  // It asks `/healthcheck` where no path is given; without one it asks nothing.
  const isAsked = isWeb && !(path !== undefined && isNothing(path));
  const port = textOf(view.get('web_port')) ?? '3000';
  return {
    ...{ unit, audience, name, controller: 'replicated', head: view.at(), elastic: true },
    ...(isWeb ? { published: true } : {}),
    replicas: value,
    replicasAt: at,
    surge: 1,
    probes: isAsked
      ? (['readiness', 'liveness'] as const).map((purpose) => ({
          ...{ container: name, purpose, port },
          path: path === undefined ? '/healthcheck' : maybeText(path),
          location: view.at('probe_path'),
        }))
      : [],
    containers: [
      {
        name,
        location: view.at(),
        image: image === undefined ? unknown('its image is not told') : imageOf(image),
        imageAt: placeOf(image),
        command: command?.kind === 'list' ? command.items.map((one) => textOf(one) ?? '') : undefined,
        commandAt: placeOf(command),
        variables: [],
        open: [knownText(view, 'kubernetes_config_map_name') ?? 'variables of the cluster'],
        ports: isWeb ? [port] : [],
        ...{ probed: isAsked, cpu: true, memory: true, mounts: [] },
        limit: limitOf(view.get('max_memory')),
        grace: { seconds: 30, location: undefined },
      },
    ],
  };
}

/** Servers of Azure, unless they are told to be containers beside the application, as copies for reviews are. */
export function* publishedServers(resource: Applied): Generator<CloudServer> {
  const kind = SERVER.exec(resource.type)?.[1];
  const { view, unit, audience } = resource;
  if (kind === undefined || truthOf(view.get('use_azure')) === false) return;
  const name = resource.name;
  const base = { unit, name, audience, head: view.at() };
  if (kind === 'redis') {
    yield { ...base, service: 'store', product: 'Redis' };
    return;
  }
  const size = view.get('azure_sku_name');
  const version = knownText(view, 'server_version');
  const standby = view.get('azure_enable_high_availability');
  const taker = standby === undefined ? false : truthOf(standby);
  yield {
    ...base,
    ...{ service: 'database', product: 'PostgreSQL' },
    limit: serverLimit(azureLimit('PostgreSQL', textOf(size)), undefined, placeOf(size) ?? base.head),
    standby: {
      taker: taker === undefined ? unknown('whether it has one is not known') : taker ? 'present' : 'absent',
      setting: standby === undefined ? 'azure_enable_high_availability is not set' : 'azure_enable_high_availability',
      remedy: 'azure_enable_high_availability = true',
      location: placeOf(standby) ?? base.head,
    },
    ...(version === undefined
      ? {}
      : { release: { engine: 'azure-postgresql', version, location: view.at('server_version') } }),
  };
}
