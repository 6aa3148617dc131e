import type { Standby } from '../cloud-server.js';
import { isNothing, itemsOf, numberOf, reasonOf, textOf, truthOf, type Data } from '../evaluated.js';
import { placeOf } from '../task-containers.js';
import { knownText, setAt, type Applied } from './resources.js';

const absentOr = (is: boolean): 'present' | 'absent' => (is ? 'present' : 'absent');

/** What takes over from a server, by the words that its provider has for that; nothing where it always is so. */
export function standbyOf(resource: Applied): { standby?: Standby } {
  const standby = byType(resource);
  return standby === undefined ? {} : { standby };
}

/** https://registry.terraform.io/modules/terraform-google-modules/sql-db/google, which has had two owners. */
export const CLOUD_SQL_MODULE =
  /^(?:terraform-google-modules|GoogleCloudPlatform)\/sql-db\/google\/\/modules\/(?:postgresql|mysql)$/;

function byType(resource: Applied): Standby | undefined {
  const { view } = resource;
  const type = CLOUD_SQL_MODULE.test(resource.type) ? 'google_sql_database_instance' : resource.type;
  switch (type) {
    case 'aws_db_instance':
    case 'terraform-aws-modules/rds/aws':
      return switched(resource, 'multi_az');
    case 'aws_rds_cluster':
    case 'terraform-aws-modules/rds-aurora/aws':
      return ofCluster(resource);
    case 'aws_elasticache_cluster':
      return ofCacheCluster(resource);
    case 'aws_elasticache_replication_group':
      return ofReplicationGroup(resource);
    case 'google_sql_database_instance': {
      const [settings = resource.type === type ? undefined : view] = view.blocks('settings');
      if (settings === undefined) return undefined;
      return worded(settings.get('availability_type'), view, {
        name: 'availability_type',
        byDefault: 'ZONAL',
        takes: /^REGIONAL$/i,
        remedy: 'availability_type = "REGIONAL"',
      });
    }
    case 'google_redis_instance':
      return worded(view.get('tier'), view, {
        name: 'tier',
        byDefault: 'BASIC',
        takes: /^STANDARD_HA$/i,
        remedy: 'tier = "STANDARD_HA"',
      });
    case 'azurerm_redis_cache':
      return worded(view.get('sku_name'), view, {
        name: 'sku_name',
        byDefault: undefined,
        takes: /^(?:Standard|Premium)$/i,
        remedy: 'sku_name = "Standard"',
      });
    case 'azurerm_postgresql_flexible_server':
    case 'azurerm_mysql_flexible_server': {
      const [block] = view.blocks('high_availability');
      const open = view.open('high_availability');
      const remedy = 'high_availability { mode = "ZoneRedundant" }';
      if (block !== undefined) return { taker: 'present', setting: 'high_availability', remedy, location: block.at() };
      if (open !== undefined)
        return { taker: { unknown: open }, setting: 'high_availability', remedy, location: view.at() };
      return { taker: 'absent', setting: 'no high_availability', remedy, location: view.at() };
    }
    default:
      return undefined;
  }
}

/** An attribute that is off where nobody sets it. */
function switched({ view }: Applied, name: string): Standby {
  const data = view.get(name);
  const remedy = `${name} = true`;
  if (data === undefined || isNothing(data))
    return { taker: 'absent', setting: `${name} is not set`, remedy, location: view.at() };
  const is = truthOf(data);
  const location = setAt(view, name);
  if (is === undefined) return { taker: { unknown: reasonOf(data) }, setting: name, remedy, location };
  return { taker: absentOr(is), setting: `${name} = ${String(is)}`, remedy, location };
}

interface Words {
  readonly name: string;
  readonly byDefault: string | undefined;
  readonly takes: RegExp;
  readonly remedy: string;
}

function worded(
  data: Data | undefined,
  view: Applied['view'],
  { name, byDefault, takes, remedy }: Words,
): Standby | undefined {
  if (data === undefined || isNothing(data))
    return byDefault === undefined
      ? undefined
      : { taker: 'absent', setting: `${name} is not set, so ${byDefault}`, remedy, location: view.at() };
  const word = textOf(data);
  const location = placeOf(data) ?? view.at();
  if (word === undefined) return { taker: { unknown: reasonOf(data) }, setting: name, remedy, location };
  return { taker: absentOr(takes.test(word)), setting: `${name} = "${word}"`, remedy, location };
}

/**
 * An Aurora cluster fails over to another instance of it; with one alone that has to be made anew:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
 */
function ofCluster(resource: Applied): Standby | undefined {
  const { view, address, beside } = resource;
  // Clusters of three that RDS keeps by itself, and those without instances.
  if (view.get('db_cluster_instance_class') !== undefined || knownText(view, 'engine_mode') === 'serverless')
    return undefined;
  const isOfIt = (data: Data | undefined): boolean => data?.from.resources.includes(address) === true;
  const isScaled = beside.some(
    (one) => one.type === 'aws_appautoscaling_target' && isOfIt(one.view.get('resource_id')),
  );
  if (isScaled || truthOf(view.get('autoscaling_enabled')) === true) return undefined;
  const remedy = 'a second aws_rds_cluster_instance in another zone';
  const instances = beside.filter(
    (one) => one.type === 'aws_rds_cluster_instance' && isOfIt(one.view.get('cluster_identifier')),
  );
  const given = itemsOf(view.get('instances'));
  const counts = given === undefined ? instances.map((one) => numberOf(one.count)) : [given.length];
  const location = instances[0]?.view.at() ?? view.at();
  if (counts.length === 0 || counts.every((one) => one === 0)) return undefined;
  const certain = counts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const setting = `${String(certain)} instance${certain === 1 ? '' : 's'} in the cluster`;
  if (certain >= 2) return { taker: 'present', setting, remedy, location };
  if (counts.includes(undefined))
    return {
      taker: { unknown: 'how many instances the cluster has is not known' },
      setting: 'its instances',
      remedy,
      location,
    };
  return { taker: 'absent', setting, remedy, location };
}

/** A cluster of Redis outside of a group is one node; one of Memcached has no copies, and what is lost is a cache. */
function ofCacheCluster({ view }: Applied): Standby | undefined {
  if (view.get('replication_group_id') !== undefined || knownText(view, 'engine') !== 'redis') return undefined;
  return {
    taker: 'absent',
    setting: 'a cluster of Redis is one node',
    remedy: 'aws_elasticache_replication_group with automatic_failover_enabled = true and num_cache_clusters = 2',
    location: view.get('num_cache_nodes') === undefined ? view.at() : setAt(view, 'num_cache_nodes'),
  };
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html: it needs a replica, and to be asked for. */
function ofReplicationGroup(resource: Applied): Standby {
  const { view } = resource;
  const [mode] = view.blocks('cluster_mode');
  const replicas = view.get('replicas_per_node_group') ?? mode?.get('replicas_per_node_group');
  const nodes = view.get('num_cache_clusters') ?? view.get('number_cache_clusters');
  const remedy = 'automatic_failover_enabled = true, with num_cache_clusters = 2';
  const one = numberOf(replicas) === 0 || (replicas === undefined && numberOf(nodes) === 1);
  if (one)
    return {
      taker: 'absent',
      setting: 'one node without a replica',
      remedy,
      location: placeOf(replicas ?? nodes) ?? view.at(),
    };
  const told = switched(resource, 'automatic_failover_enabled');
  return { ...told, remedy };
}
