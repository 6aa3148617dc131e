/**
 * What Django and the packages around it offer as cache, session, database and file back ends: dotted name to what
 * keeps the data. From Django's reference (5.2: topics/cache, topics/http/sessions, ref/databases, ref/files/storage)
 * and each package's own documentation.
 */

/** Where a back end keeps what it is given; `server` is decided by its address, `database` by that of the database. */
export type Keeper = 'process' | 'nothing' | 'files' | 'instance' | 'database' | 'server' | 'cluster';

export interface BackEnd {
  /** In the words of its makers. */
  readonly store: string;
  readonly keeper: Keeper;
}

const memory: BackEnd = { store: 'local memory', keeper: 'process' };
const nothing: BackEnd = { store: 'nothing', keeper: 'nothing' };
const files: BackEnd = { store: 'files', keeper: 'files' };
const database: BackEnd = { store: 'database', keeper: 'database' };
const memcached: BackEnd = { store: 'Memcached', keeper: 'server' };
const redis: BackEnd = { store: 'Redis', keeper: 'server' };
const valkey: BackEnd = { store: 'Valkey', keeper: 'server' };

const CACHES: Readonly<Record<string, BackEnd>> = {
  'django.core.cache.backends.locmem.LocMemCache': memory,
  'django.core.cache.backends.dummy.DummyCache': nothing,
  'django.core.cache.backends.filebased.FileBasedCache': files,
  'django.core.cache.backends.db.DatabaseCache': database,
  'django.core.cache.backends.memcached.PyMemcacheCache': memcached,
  'django.core.cache.backends.memcached.PyLibMCCache': memcached,
  // Removed in Django 4.1.
  'django.core.cache.backends.memcached.MemcachedCache': memcached,
  'django.core.cache.backends.redis.RedisCache': redis,
  'django_redis.cache.RedisCache': redis,
  'redis_cache.RedisCache': redis,
  'redis_cache.cache.RedisCache': redis,
  'redis_cache.ShardedRedisCache': redis,
  'redis_lock.django_cache.RedisCache': redis,
  'django_valkey.cache.ValkeyCache': valkey,
  'django_bmemcached.memcached.BMemcached': memcached,
  'django_pylibmc.memcached.PyLibMCCache': memcached,
  'django_elasticache.memcached.ElastiCache': memcached,
  'django_elastipymemcache.backend.ElastiPymemcache': memcached,
  'django_elastipymemcache.memcached.ElastiPyMemCache': memcached,
  'django_mysql.cache.MySQLCache': database,
  'diskcache.DjangoCache': files,
  'diskcache.djangocache.DjangoCache': files,
  // Memory that the processes of one uWSGI instance share.
  'uwsgicache.UWSGICache': { store: 'uWSGI cache', keeper: 'instance' },
  'django_uwsgi.cache.UwsgiCache': { store: 'uWSGI cache', keeper: 'instance' },
  'django_prometheus.cache.backends.locmem.LocMemCache': memory,
  'django_prometheus.cache.backends.filebased.FileBasedCache': files,
  'django_prometheus.cache.backends.memcached.MemcachedCache': memcached,
  'django_prometheus.cache.backends.memcached.PyLibMCCache': memcached,
  'django_prometheus.cache.backends.memcached.PyMemcacheCache': memcached,
  'django_prometheus.cache.backends.redis.RedisCache': redis,
  'django_prometheus.cache.backends.redis.NativeRedisCache': redis,
};

export function cacheBackEnd(name: string): BackEnd | undefined {
  return CACHES[name];
}

export type SessionKeeper =
  'database' | 'cache' | 'cached-database' | 'files' | 'cookies' | 'redis-sessions' | 'cluster';

/** By module, as SESSION_ENGINE names it: the class in it is always SessionStore. */
const SESSIONS: Readonly<Record<string, { store: string; keeper: SessionKeeper }>> = {
  'django.contrib.sessions.backends.db': { store: 'database', keeper: 'database' },
  'django.contrib.sessions.backends.cached_db': { store: 'database behind a cache', keeper: 'cached-database' },
  'django.contrib.sessions.backends.cache': { store: 'cache', keeper: 'cache' },
  'django.contrib.sessions.backends.file': { store: 'files', keeper: 'files' },
  'django.contrib.sessions.backends.signed_cookies': { store: 'signed cookies', keeper: 'cookies' },
  'user_sessions.backends.db': { store: 'database', keeper: 'database' },
  'qsessions.backends.db': { store: 'database', keeper: 'database' },
  'qsessions.backends.cached_db': { store: 'database behind a cache', keeper: 'cached-database' },
  'redis_sessions.session': { store: 'Redis', keeper: 'redis-sessions' },
  encrypted_cookies: { store: 'encrypted cookies', keeper: 'cookies' },
  'encrypted_cookies.session': { store: 'encrypted cookies', keeper: 'cookies' },
  'dynamodb_sessions.backends.dynamodb': { store: 'DynamoDB', keeper: 'cluster' },
  'dynamodb_sessions.backends.cached_dynamodb': { store: 'DynamoDB', keeper: 'cluster' },
  'django_cassandra_engine.sessions.backends.db': { store: 'Cassandra', keeper: 'cluster' },
  'django_cassandra_engine.sessions.backends.cached_db': { store: 'Cassandra', keeper: 'cluster' },
};

export function sessionBackEnd(module: string): { store: string; keeper: SessionKeeper } | undefined {
  return SESSIONS[module];
}

export interface Engine {
  readonly engine: string;
  readonly keeper: 'file' | 'server' | 'cluster';
  /** Set where the engine keeps a pool of its own, and how large it is where nothing is said. */
  readonly pool?: { readonly option: string; readonly maximum: number };
}

const postgresql: Engine = { engine: 'postgresql', keeper: 'server' };
const mysql: Engine = { engine: 'mysql', keeper: 'server' };
const oracle: Engine = { engine: 'oracle', keeper: 'server' };
const sqlite: Engine = { engine: 'sqlite', keeper: 'file' };
// django-db-geventpool: OPTIONS MAX_CONNS, 4 where it is not set.
const geventPool = { option: 'MAX_CONNS', maximum: 4 };

const ENGINES: Readonly<Record<string, Engine>> = {
  'django.db.backends.postgresql': postgresql,
  'django.db.backends.postgresql_psycopg2': postgresql,
  'django.db.backends.mysql': mysql,
  'django.db.backends.oracle': oracle,
  'django.db.backends.sqlite3': sqlite,
  'django.contrib.gis.db.backends.postgis': postgresql,
  'django.contrib.gis.db.backends.mysql': mysql,
  'django.contrib.gis.db.backends.oracle': oracle,
  'django.contrib.gis.db.backends.spatialite': sqlite,
  'mysql.connector.django': mysql,
  django_psdb_engine: mysql,
  mssql: { engine: 'sqlserver', keeper: 'server' },
  sql_server: { engine: 'sqlserver', keeper: 'server' },
  'sql_server.pyodbc': { engine: 'sqlserver', keeper: 'server' },
  django_cockroachdb: { engine: 'cockroachdb', keeper: 'server' },
  django_cockroachdb_gis: { engine: 'cockroachdb', keeper: 'server' },
  django_mongodb_backend: { engine: 'mongodb', keeper: 'server' },
  djongo: { engine: 'mongodb', keeper: 'server' },
  django_snowflake: { engine: 'snowflake', keeper: 'cluster' },
  django_spanner: { engine: 'spanner', keeper: 'cluster' },
  'django_tenants.postgresql_backend': postgresql,
  'tenant_schemas.postgresql_backend': postgresql,
  'psqlextra.backend': postgresql,
  'timescale.db.backends.postgresql': postgresql,
  'timescale.db.backends.postgis': postgresql,
  'django_prometheus.db.backends.postgresql': postgresql,
  'django_prometheus.db.backends.postgis': postgresql,
  'django_prometheus.db.backends.mysql': mysql,
  'django_prometheus.db.backends.sqlite3': sqlite,
  'django_prometheus.db.backends.spatialite': sqlite,
  'django_db_geventpool.backends.postgresql_psycopg2': { ...postgresql, pool: geventPool },
  'django_db_geventpool.backends.postgresql_psycopg3': { ...postgresql, pool: geventPool },
  'django_db_geventpool.backends.postgis': { ...postgresql, pool: geventPool },
  'django_mysql_geventpool.backends.mysql': { ...mysql, pool: geventPool },
};

export function databaseEngine(name: string): Engine | undefined {
  return ENGINES[name] ?? pooledEngine(name);
}

/** Engines that put SQLAlchemy's pool in front of Django's; their size is read by `database-connection`. */
function pooledEngine(name: string): Engine | undefined {
  const [, product] = /^dj_db_conn_pool\.backends\.(postgresql|mysql|oracle)$/.exec(name) ?? [];
  // django-db-connection-pool: POOL_SIZE 10 and MAX_OVERFLOW 10 where POOL_OPTIONS says nothing.
  if (product !== undefined)
    return { engine: product, keeper: 'server', pool: { option: 'POOL_OPTIONS', maximum: 20 } };
  // django-postgrespool2: pool_size 5 and max_overflow 10 where DATABASE_POOL_ARGS says nothing.
  if (name === 'django_postgrespool2') return { ...postgresql, pool: { option: 'DATABASE_POOL_ARGS', maximum: 15 } };
  return undefined;
}
