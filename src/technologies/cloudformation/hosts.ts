import { textOf } from '../evaluated.js';
import type { Resource } from './resource.js';

/** Attributes that are a host name; the beginning is what the template calls the server, the rest is made when it is deployed. */
const HOSTS: Readonly<Record<string, { readonly named: string; readonly members: RegExp; readonly word: string }>> = {
  'AWS::RDS::DBInstance': { named: 'DBInstanceIdentifier', members: /^Endpoint\.Address$/, word: 'db-instance' },
  'AWS::RDS::DBCluster': { named: 'DBClusterIdentifier', members: /^(?:Read)?Endpoint\.Address$/, word: 'db-cluster' },
  'AWS::RDS::DBProxy': { named: 'DBProxyName', members: /^Endpoint$/, word: 'db-proxy' },
  'AWS::ElastiCache::CacheCluster': {
    named: 'ClusterName',
    members: /^(?:Redis|Configuration)Endpoint\.Address$/,
    word: 'cache',
  },
  'AWS::ElastiCache::ReplicationGroup': {
    named: 'ReplicationGroupId',
    members: /^(?:PrimaryEndPoint|ReaderEndPoint|ConfigurationEndPoint)\.Address$/,
    word: 'cache',
  },
  'AWS::ElastiCache::ServerlessCache': {
    named: 'ServerlessCacheName',
    members: /^(?:Reader)?Endpoint\.Address$/,
    word: 'cache',
  },
};

/** What others reach a server by. */
export function nameOf(resource: Resource): string {
  const known = Object.hasOwn(HOSTS, resource.type) ? HOSTS[resource.type] : undefined;
  const name = known === undefined ? undefined : textOf(resource.get(known.named));
  return name !== undefined && /^[\w-]{1,100}$/.test(name) ? name : resource.id;
}

export function hostOf(resource: Resource, member: string): string | undefined {
  const known = Object.hasOwn(HOSTS, resource.type) ? HOSTS[resource.type] : undefined;
  return known?.members.test(member) === true ? `${nameOf(resource)}.${known.word}` : undefined;
}
