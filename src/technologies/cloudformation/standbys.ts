import type { Standby } from '../cloud-server.js';
import { isNothing, numberOf, reasonOf, textOf, truthOf } from '../evaluated.js';
import { placeOf } from '../task-containers.js';
import type { Resource } from './resource.js';

/** What takes over from a server; nothing where its maker always keeps another. */
export function standbyOf(resource: Resource): { standby?: Standby } {
  const standby = byType(resource);
  return standby === undefined ? {} : { standby };
}

function byType(resource: Resource): Standby | undefined {
  switch (resource.type) {
    case 'AWS::RDS::DBInstance':
      return switched(resource, 'MultiAZ', 'MultiAZ: true');
    case 'AWS::RDS::DBCluster':
      return ofCluster(resource);
    case 'AWS::ElastiCache::CacheCluster':
      // One of Memcached has no copies, and what is lost is a cache.
      return textOf(resource.get('Engine')) === 'redis'
        ? {
            taker: 'absent',
            setting: 'a cluster of Redis is one node',
            remedy: 'AWS::ElastiCache::ReplicationGroup with AutomaticFailoverEnabled: true and NumCacheClusters: 2',
            location: placeOf(resource.get('NumCacheNodes')) ?? resource.head,
          }
        : undefined;
    case 'AWS::ElastiCache::ReplicationGroup':
      return ofReplicationGroup(resource);
    default:
      return undefined;
  }
}

function switched(resource: Resource, name: string, remedy: string): Standby {
  const data = resource.get(name);
  if (data === undefined || isNothing(data))
    return { taker: 'absent', setting: `${name} is not set`, remedy, location: resource.head };
  const location = placeOf(data) ?? resource.head;
  const is = truthOf(data);
  if (is === undefined) return { taker: { unknown: reasonOf(data) }, setting: name, remedy, location };
  return { taker: is ? 'present' : 'absent', setting: `${name}: ${String(is)}`, remedy, location };
}

function ofCluster(resource: Resource): Standby | undefined {
  // Clusters of three that RDS keeps by itself, and those without instances.
  if (resource.get('DBClusterInstanceClass') !== undefined || textOf(resource.get('EngineMode')) === 'serverless')
    return undefined;
  const members = resource.template.resources.filter(
    (one) =>
      one.type === 'AWS::RDS::DBInstance' &&
      one.get('DBClusterIdentifier')?.from.resources.includes(resource.id) === true,
  );
  const [first] = members;
  if (first === undefined) return undefined;
  return {
    taker: members.length >= 2 ? 'present' : 'absent',
    setting: `${String(members.length)} instance${members.length === 1 ? '' : 's'} in the cluster`,
    remedy: 'a second AWS::RDS::DBInstance of the cluster in another zone',
    location: first.head,
  };
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html: it needs a replica, and to be asked for. */
function ofReplicationGroup(resource: Resource): Standby {
  const remedy = 'AutomaticFailoverEnabled: true, with NumCacheClusters: 2';
  const replicas = resource.get('ReplicasPerNodeGroup');
  const nodes = resource.get('NumCacheClusters');
  if (numberOf(replicas) === 0 || (replicas === undefined && numberOf(nodes) === 1))
    return {
      taker: 'absent',
      setting: 'one node without a replica',
      remedy,
      location: placeOf(replicas ?? nodes) ?? resource.head,
    };
  // With shards it is on unless it is switched off.
  if (resource.get('AutomaticFailoverEnabled') === undefined && resource.get('NumNodeGroups') !== undefined)
    return { taker: 'present', setting: 'NumNodeGroups', remedy, location: resource.head };
  return switched(resource, 'AutomaticFailoverEnabled', remedy);
}
