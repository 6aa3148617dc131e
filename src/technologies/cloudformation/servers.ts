import type { Document } from '../../parse/document.js';
import { limitOf, shareOf, type CloudServer } from '../cloud-server.js';
import { isNothing, itemsOf, memberOf, numberOf, textOf, type Data } from '../evaluated.js';
import { auroraLimit, engineOf, rdsLimit } from '../managed-limits.js';
import { FIRST_AURORA } from '../managed-releases.js';
import { placeOf } from '../task-containers.js';
import { nameOf } from './hosts.js';
import type { Resource } from './resource.js';
import { standbyOf } from './standbys.js';
import { taken, templatesOf } from './template.js';

const known = new WeakMap<readonly Document[], readonly CloudServer[]>();

/** Databases, poolers and caches of templates. */
export function serversOf(documents: readonly Document[]): readonly CloudServer[] {
  const found = known.get(documents);
  if (found !== undefined) return found;
  const resources = templatesOf(documents).flatMap((template) => template.resources);
  const servers = resources.flatMap((resource) => [...serverOf(resource)]);
  known.set(documents, servers);
  return servers;
}

function* serverOf(resource: Resource): Generator<CloudServer> {
  const { type } = resource;
  const base = {
    ...{ unit: resource.unit, name: nameOf(resource), audience: resource.audience, head: resource.head },
    ...standbyOf(resource),
  };
  if (/^AWS::ElastiCache::(?:CacheCluster|ReplicationGroup|ServerlessCache)$/.test(type)) {
    const engine = textOf(resource.get('Engine')) ?? (type.endsWith('Group') ? 'redis' : undefined);
    const product = textOf(resource.get('Engine')) ?? 'cache';
    yield { ...base, service: 'store', product, ...releaseIn(resource, engine) };
  }
  if (type === 'AWS::RDS::DBInstance') yield* instance(resource, base);
  if (type === 'AWS::RDS::DBCluster') yield* cluster(resource, base);
  if (type === 'AWS::RDS::DBProxy') yield proxy(resource, base);
}

type Base = Pick<CloudServer, 'unit' | 'name' | 'audience' | 'head' | 'standby'>;

function* instance(resource: Resource, base: Base): Generator<CloudServer> {
  // One of a cluster, or a copy for reads.
  if (resource.get('DBClusterIdentifier') !== undefined || resource.get('SourceDBInstanceIdentifier') !== undefined)
    return;
  const written = textOf(resource.get('Engine'));
  const engine = engineOf(written ?? '');
  if (engine === undefined) {
    yield { ...base, service: 'database', product: written ?? 'database' };
    return;
  }
  const size = resource.get('DBInstanceClass');
  yield {
    ...base,
    service: 'database',
    product: engine,
    limit: limitOf(
      rdsLimit(engine, textOf(size)),
      parameterOf(resource, 'DBParameterGroupName', 'AWS::RDS::DBParameterGroup'),
      placeOf(size) ?? base.head,
    ),
    ...releaseIn(resource, written),
  };
}

function releaseIn(resource: Resource, engine: string | undefined): Pick<CloudServer, 'release'> {
  const written = resource.get('EngineVersion');
  const version = textOf(written);
  if (engine === 'aurora' && version === undefined && isNothing(written))
    return { release: { ...FIRST_AURORA, location: placeOf(resource.get('Engine')) ?? resource.head } };
  return engine === undefined || version === undefined
    ? {}
    : { release: { engine, version, location: placeOf(written) ?? resource.head } };
}

function parameterOf(resource: Resource, attribute: string, type: string): Data | undefined {
  const group = taken(resource.get(attribute), resource, type);
  return memberOf(group?.get('Parameters'), 'max_connections');
}

function* cluster(resource: Resource, base: Base): Generator<CloudServer> {
  const engine = engineOf(textOf(resource.get('Engine')) ?? '');
  if (engine === undefined) return;
  const members = resource.template.resources.filter(
    (one) =>
      one.type === 'AWS::RDS::DBInstance' &&
      one.get('DBClusterIdentifier')?.from.resources.includes(resource.id) === true,
  );
  const size = members.map((one) => one.get('DBInstanceClass')).find((one) => textOf(one) !== undefined);
  const capacity = {
    least: numberOf(resource.get('ServerlessV2ScalingConfiguration', 'MinCapacity')),
    most: numberOf(resource.get('ServerlessV2ScalingConfiguration', 'MaxCapacity')),
  };
  const set = parameterOf(resource, 'DBClusterParameterGroupName', 'AWS::RDS::DBClusterParameterGroup');
  const limit = limitOf(auroraLimit(engine, textOf(size), capacity), set, placeOf(size) ?? base.head);
  const release = releaseIn(resource, textOf(resource.get('Engine')));
  yield { ...base, service: 'database', product: engine, limit, ...release };
}

function proxy(resource: Resource, base: Base): CloudServer {
  const group = resource.template.resources.find(
    (one) =>
      one.type === 'AWS::RDS::DBProxyTargetGroup' &&
      one.get('DBProxyName')?.from.resources.includes(resource.id) === true,
  );
  const percent =
    group?.get('ConnectionPoolConfigurationInfo', 'MaxConnectionsPercent') ??
    group?.get('ConnectionPoolConfig', 'MaxConnectionsPercent');
  const targets = [
    ...(itemsOf(group?.get('DBInstanceIdentifiers')) ?? []),
    ...(itemsOf(group?.get('DBClusterIdentifiers')) ?? []),
  ];
  const server = targets.flatMap(
    (one) => taken(one, resource, 'AWS::RDS::DBInstance') ?? taken(one, resource, 'AWS::RDS::DBCluster') ?? [],
  )[0];
  const [behind] = server === undefined ? [] : [...serverOf(server)];
  const pool = {
    size: shareOf(behind, numberOf(percent) ?? 100),
    upstream: behind?.name ?? '',
    location: placeOf(percent) ?? base.head,
  };
  return { ...base, service: 'pooler', product: 'RDS Proxy', pool };
}
