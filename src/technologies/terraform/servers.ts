import type { Inventory } from '../../discover/inventory.js';
import type { Document } from '../../parse/document.js';
import { isNothing, itemsOf, numberOf, textOf, type Data } from '../evaluated.js';
import { auroraLimit, azureLimit, cloudSqlLimit, engineOf, rdsLimit, type Engine } from '../managed-limits.js';
import { FIRST_AURORA } from '../managed-releases.js';
import { field, placeOf } from '../task-containers.js';
import { limitOf, shareOf, type CloudServer } from '../cloud-server.js';
import { hostOf } from './computed.js';
import { knownText, referred, resourcesOf, setAt, type Applied } from './resources.js';
import { publishedServers } from './published-applications.js';
import { CLOUD_SQL_MODULE, standbyOf } from './standbys.js';
import type { View } from './view.js';

const known = new WeakMap<readonly Document[], readonly CloudServer[]>();

export function serversOf(documents: readonly Document[], inventory: Inventory): readonly CloudServer[] {
  const found = known.get(documents);
  if (found !== undefined) return found;
  const servers = resourcesOf(documents, inventory).flatMap((resource) => [...serverOf(resource)]);
  known.set(documents, servers);
  return servers;
}

const STORES: Readonly<Record<string, string>> = {
  aws_elasticache_cluster: 'cache',
  aws_elasticache_replication_group: 'Redis',
  aws_elasticache_serverless_cache: 'cache',
  google_redis_instance: 'Redis',
  azurerm_redis_cache: 'Redis',
  azurerm_managed_redis: 'Redis',
  aws_memorydb_cluster: 'Redis',
  google_memcache_instance: 'Memcached',
};

function* serverOf(resource: Applied): Generator<CloudServer> {
  const { type, view } = resource;
  const base = {
    ...{ unit: resource.unit, name: hostOf(resource), audience: resource.audience, head: view.at() },
    ...standbyOf(resource),
  };
  const store = Object.hasOwn(STORES, type) ? STORES[type] : undefined;
  if (store !== undefined) {
    // A group for replication is one of Redis where nothing is said.
    const engine = knownText(view, 'engine') ?? (type === 'aws_elasticache_replication_group' ? 'redis' : undefined);
    yield { ...base, service: 'store', product: knownText(view, 'engine') ?? store, ...releaseIn(view, engine) };
  }
  if (type === 'aws_db_instance' || type === 'terraform-aws-modules/rds/aws') yield* rds(resource, base);
  if (type === 'aws_rds_cluster' || type === 'terraform-aws-modules/rds-aurora/aws') yield* aurora(resource, base);
  if (type === 'aws_db_proxy') yield proxy(resource, base);
  if (type === 'google_sql_database_instance' || CLOUD_SQL_MODULE.test(type)) yield* cloudSql(resource, base);
  if (/^azurerm_(?:postgresql|mysql)_flexible_server$/.test(type)) yield azure(resource, base);
  yield* publishedServers(resource);
}

type Base = Pick<CloudServer, 'unit' | 'name' | 'audience' | 'head' | 'standby'>;

function* rds(resource: Applied, base: Base): Generator<CloudServer> {
  const { view } = resource;
  // A replica answers reads only, and takes its engine from the server that it copies.
  if (view.get('replicate_source_db') !== undefined) return;
  const written = knownText(view, 'engine');
  const engine = engineOf(written ?? '');
  if (engine === undefined) {
    yield { ...base, service: 'database', product: written ?? 'database' };
    return;
  }
  const byDefault = rdsLimit(engine, knownText(view, 'instance_class'));
  const set = parameterOf(resource, 'max_connections', 'parameter_group_name', 'aws_db_parameter_group');
  yield {
    ...base,
    service: 'database',
    product: engine,
    limit: limitOf(byDefault, set, setAt(view, 'instance_class')),
    ...releaseIn(view, written),
  };
}

function releaseIn(view: View, engine: string | undefined, attribute = 'engine_version'): Pick<CloudServer, 'release'> {
  const version = knownText(view, attribute);
  if (engine === 'aurora' && isNothing(view.get(attribute)))
    return { release: { ...FIRST_AURORA, location: setAt(view, 'engine') } };
  return engine === undefined || version === undefined
    ? {}
    : { release: { engine, version, location: setAt(view, attribute) } };
}

function* aurora(resource: Applied, base: Base): Generator<CloudServer> {
  const { view } = resource;
  const engine = engineOf(knownText(view, 'engine') ?? 'aurora');
  if (engine === undefined) return;
  const instances = resource.beside.filter(
    (one) =>
      one.type === 'aws_rds_cluster_instance' &&
      one.view.get('cluster_identifier')?.from.resources.includes(resource.address) === true,
  );
  const inputs = itemsOf(view.get('instances')) ?? [];
  const classes = [
    ...instances.map((one) => one.view.get('instance_class')),
    ...inputs.map((one) => field(one, 'instance_class')),
    view.get('instance_class'),
  ];
  const chosen = classes.find((one) => textOf(one) !== undefined);
  const [scaling] = view.blocks('serverlessv2_scaling_configuration');
  const module = view.get('serverlessv2_scaling_configuration');
  const capacity = {
    least: numberOf(scaling?.get('min_capacity') ?? field(module, 'min_capacity')),
    most: numberOf(scaling?.get('max_capacity') ?? field(module, 'max_capacity')),
  };
  const set = parameterOf(
    resource,
    'max_connections',
    'db_cluster_parameter_group_name',
    'aws_rds_cluster_parameter_group',
  );
  yield {
    ...base,
    service: 'database',
    product: engine,
    limit: limitOf(auroraLimit(engine, textOf(chosen), capacity), set, placeOf(chosen) ?? base.head),
    ...releaseIn(view, knownText(view, 'engine')),
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connections.html: all of the server's where nothing is said. */
function proxy(resource: Applied, base: Base): CloudServer {
  const targets = resource.beside.filter(
    (one) =>
      /^aws_db_proxy_(?:default_)?target(?:_group)?$/.test(one.type) &&
      one.view.get('db_proxy_name')?.from.resources.includes(resource.address) === true,
  );
  const group = targets
    .find(({ type }) => type === 'aws_db_proxy_default_target_group')
    ?.view.blocks('connection_pool_config')[0];
  const target = targets.find(({ type }) => type === 'aws_db_proxy_target');
  const server =
    referred(target?.view.get('db_instance_identifier'), resource, 'aws_db_instance') ??
    referred(target?.view.get('db_cluster_identifier'), resource, 'aws_rds_cluster');
  const percent = numberOf(group?.get('max_connections_percent')) ?? 100;
  const [behind] = server === undefined ? [] : [...serverOf(server)];
  const size = shareOf(behind, percent);
  const place = group === undefined ? base.head : group.at('max_connections_percent');
  return {
    ...base,
    service: 'pooler',
    product: 'RDS Proxy',
    pool: { size, upstream: behind?.name ?? '', location: place },
  };
}

function* cloudSql(resource: Applied, base: Base): Generator<CloudServer> {
  const { view } = resource;
  if (view.get('master_instance_name') !== undefined) return;
  const written = knownText(view, 'database_version') ?? '';
  const engine = engineOf(written);
  if (engine === undefined) return;
  // A published module has the settings as its own inputs.
  const [settings = view] = view.blocks('settings');
  const tier = settings.get('tier');
  const flag = settings.blocks('database_flags').find((one) => knownText(one, 'name') === 'max_connections');
  const given = (itemsOf(settings.get('database_flags')) ?? []).find(
    (one) => textOf(field(one, 'name')) === 'max_connections',
  );
  const set = flag?.get('value') ?? field(given, 'value');
  const limit = limitOf(cloudSqlLimit(engine, textOf(tier)), set, placeOf(tier) ?? base.head);
  // `POSTGRES_14`, `MYSQL_8_0_31`
  const [, word = '', digits = ''] = /^(POSTGRES|MYSQL)_(\d{1,2}(?:_\d{1,2})?)/.exec(written) ?? [];
  const release = {
    engine: word === 'MYSQL' ? 'cloud-sql-mysql' : 'cloud-sql-postgresql',
    version: digits.replace('_', '.'),
    location: setAt(view, 'database_version'),
  };
  yield { ...base, service: 'database', product: engine, limit, ...(word === '' ? {} : { release }) };
}

function azure(resource: Applied, base: Base): CloudServer {
  const { type, view } = resource;
  const engine: Engine = type.includes('postgresql') ? 'PostgreSQL' : 'MySQL';
  const sku = view.get('sku_name');
  const set = resource.beside.find((one) =>
    one.type === `${type}_configuration` || one.type === 'azurerm_mysql_flexible_server_configuration'
      ? knownText(one.view, 'name') === 'max_connections' &&
        (one.view.get('server_id') ?? one.view.get('server_name'))?.from.resources.includes(resource.address) === true
      : false,
  );
  const limit = limitOf(azureLimit(engine, textOf(sku)), set?.view.get('value'), placeOf(sku) ?? base.head);
  const release = releaseIn(view, engine === 'PostgreSQL' ? 'azure-postgresql' : 'azure-mysql', 'version');
  return { ...base, service: 'database', product: engine, limit, ...release };
}

/** A parameter of the group that a server names, or of those that a module is given. */
function parameterOf(resource: Applied, name: string, groupAttribute: string, groupType: string): Data | undefined {
  const group = referred(resource.view.get(groupAttribute), resource, groupType);
  const own = group?.view
    .blocks('parameter')
    .find((one) => knownText(one, 'name') === name)
    ?.get('value');
  const given = (itemsOf(resource.view.get('parameters')) ?? []).find((one) => textOf(field(one, 'name')) === name);
  return own ?? field(given, 'value');
}
