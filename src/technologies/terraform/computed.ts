import { list, mapOf, plain, textOf, type Data } from '../evaluated.js';
import type { Resource } from './resource.js';

interface Addressed {
  /** What it is called by where its own name is not known. */
  readonly word: string;
  /** Arguments that name it. */
  readonly named: readonly string[];
  readonly port?: string;
  /** Attributes that are its host name. */
  readonly hosts: readonly string[];
  /** Those that are host name and port. */
  readonly endpoints?: readonly string[];
}

/**
 * What servers are reached by. The provider gives the rest of the name when it makes them; the beginning is what
 * the configuration calls them.
 */
const ADDRESSED: Readonly<Record<string, Addressed>> = {
  aws_db_instance: { word: 'db-instance', named: ['identifier'], hosts: ['address'], endpoints: ['endpoint'] },
  aws_rds_cluster: { word: 'db-cluster', named: ['cluster_identifier'], hosts: ['endpoint', 'reader_endpoint'] },
  aws_db_proxy: { word: 'db-proxy', named: ['name'], hosts: ['endpoint'] },
  aws_elasticache_cluster: {
    word: 'cache',
    named: ['cluster_id'],
    hosts: ['cluster_address', 'configuration_endpoint', 'cache_nodes'],
  },
  aws_elasticache_replication_group: {
    word: 'cache',
    named: ['replication_group_id'],
    hosts: ['primary_endpoint_address', 'configuration_endpoint_address', 'reader_endpoint_address'],
  },
  aws_elasticache_serverless_cache: { word: 'cache', named: ['name'], hosts: ['endpoint'] },
  google_sql_database_instance: {
    word: 'sql',
    named: ['name'],
    hosts: ['private_ip_address', 'public_ip_address', 'first_ip_address', 'dns_name', 'ip_address'],
  },
  google_redis_instance: { word: 'redis', named: ['name'], hosts: ['host'] },
  azurerm_postgresql_flexible_server: { word: 'postgresql', named: ['name'], hosts: ['fqdn'] },
  azurerm_postgresql_server: { word: 'postgresql', named: ['name'], hosts: ['fqdn'] },
  azurerm_mysql_flexible_server: { word: 'mysql', named: ['name'], hosts: ['fqdn'] },
  azurerm_redis_cache: { word: 'redis', named: ['name'], hosts: ['hostname'] },
  'terraform-aws-modules/rds/aws': {
    word: 'db-instance',
    named: ['identifier'],
    hosts: ['db_instance_address'],
    endpoints: ['db_instance_endpoint'],
  },
  'terraform-aws-modules/rds-aurora/aws': {
    word: 'db-cluster',
    named: ['cluster_identifier', 'name'],
    hosts: ['cluster_endpoint', 'cluster_reader_endpoint'],
  },
  'terraform-aws-modules/rds-proxy/aws': { word: 'db-proxy', named: ['name'], hosts: ['proxy_endpoint'] },
};

/** The name by which others reach what a resource makes. */
export function hostOf(resource: Resource): string {
  const known = Object.hasOwn(ADDRESSED, resource.type) ? ADDRESSED[resource.type] : undefined;
  for (const argument of known?.named ?? ['name']) {
    const name = textOf(resource.view.get(argument));
    if (name !== undefined && /^[\w-]{1,100}$/.test(name)) return name;
  }
  const inside = resource.address.split('.').filter((part) => part !== 'module');
  // `module.shop.aws_db_instance.main`: of several with the same name the path tells them apart.
  const parts = [known?.word ?? '', ...inside.filter((part) => part !== resource.type)];
  return parts
    .join('-')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}

/** Attributes that a provider fills in and of which the telling part is known before. */
export function computedOf(resource: Resource, attribute: string): Data | undefined {
  const known = Object.hasOwn(ADDRESSED, resource.type) ? ADDRESSED[resource.type] : undefined;
  if (known === undefined) return undefined;
  const from = { places: [resource.view.at()], resources: [resource.address] };
  const host = `${hostOf(resource)}.${known.word}`;
  if (known.endpoints?.includes(attribute) === true) return plain(`${host}:${portOf(resource)}`, from);
  if (!known.hosts.includes(attribute)) return undefined;
  const nested =
    /^(?:cache_nodes|ip_address)$/.test(attribute) ||
    (attribute === 'endpoint' && resource.type.includes('serverless'));
  if (!nested) return plain(host, from);
  const one = plain(host, from);
  return list(
    [
      mapOf(
        new Map([
          ['address', one],
          ['ip_address', one],
          ['port', plain(6379, from)],
        ]),
        from,
      ),
    ],
    from,
  );
}

function portOf({ view }: Resource): string {
  const engine = textOf(view.get('engine')) ?? '';
  return textOf(view.get('port')) ?? (/mysql|maria/.test(engine) ? '3306' : '5432');
}
