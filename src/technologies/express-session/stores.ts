import type { Scope } from '../../facts/fact.js';

/** What a package of a store keeps sessions in. */
export interface StorePackage {
  /** For people. */
  readonly store: string;
  /** Whether it is a table of a database that the application may have anyway. */
  readonly keeper: 'own' | 'database';
  /** `network`: that of the server, which the options or a client among them name. */
  readonly scope: Scope | 'network';
  /** Options that take a client of the application; '' where it is the first argument itself, a number for a later one. */
  readonly clients?: readonly (string | number)[];
  /** Variables that name the server where no option does. */
  readonly variables?: readonly string[];
  /** The option that names the folder or file, and what counts without it. */
  readonly path?: { readonly option: string; readonly otherwise: string };
}

const memory = (store: string): StorePackage => ({ store, keeper: 'own', scope: 'process' });
const files = (store: string, option?: string, otherwise?: string): StorePackage => ({
  store,
  keeper: 'own',
  scope: 'host',
  ...(option === undefined || otherwise === undefined ? {} : { path: { option, otherwise } }),
});
const server = (
  store: string,
  clients: readonly (string | number)[] = [],
  variables: readonly string[] = [],
): StorePackage => ({
  store,
  keeper: 'own',
  scope: 'network',
  clients,
  variables,
});
const table = (
  store: string,
  clients: readonly (string | number)[] = [],
  variables: readonly string[] = [],
): StorePackage => ({
  ...server(store, clients, variables),
  keeper: 'database',
});
const service = (store: string): StorePackage => ({ store, keeper: 'own', scope: 'cluster' });

/**
 * The stores that https://github.com/expressjs/session#compatible-session-stores lists, by their packages. Where the options
 * name no server, those of `server` and `table` take the one on the own machine.
 */
export const STORES: ReadonlyMap<string, StorePackage> = new Map(
  Object.entries<StorePackage>({
    memorystore: memory('the memory of the process (memorystore)'),
    'session-memory-store': memory('the memory of the process'),
    'session-file-store': files('files', 'path', './sessions'),
    'connect-sqlite3': files('SQLite', 'dir', '.'),
    'better-sqlite3-session-store': files('SQLite'),
    'connect-better-sqlite3': files('SQLite'),
    'express-session-better-sqlite3': files('SQLite'),
    'connect-loki': files('files (LokiJS)', 'path', './session-store.db'),
    'lowdb-session-store': files('files (lowdb)'),
    'level-session-store': files('files (LevelDB)'),
    'connect-level': files('files (LevelDB)'),
    'connect-nedb-session': files('files (NeDB)', 'filename', './sessions.db'),
    'express-nedb-session': files('files (NeDB)', 'filename', './sessions.db'),
    'nedb-session-store': files('files (NeDB)', 'filename', './sessions.db'),
    'tch-nedb-session': files('files (NeDB)'),
    'session-pouchdb-store': files('files (PouchDB)'),
    'connect-redis': server('Redis', ['client', 'socket']),
    'connect-valkey': server('Valkey', ['client']),
    'connect-redis-stack': server('Redis', ['client']),
    'connect-ioredis': server('Redis', ['client']),
    'koa-redis': server('Redis', ['client']),
    'connect-memcached': server('Memcached'),
    'connect-memjs': server('Memcached', ['client'], ['MEMCACHIER_SERVERS', 'MEMCACHE_SERVERS']),
    'connect-mongo': table('MongoDB', ['client', 'clientPromise', 'mongooseConnection', 'mongoose_connection', 'db']),
    'connect-mongodb-session': table('MongoDB'),
    'connect-mongoose': table('MongoDB'),
    'koa-session-mongoose': table('MongoDB', ['connection']),
    'connect-pg-simple': table('PostgreSQL', ['pool', 'pgPromise'], ['DATABASE_URL', 'PGHOST']),
    'express-pg-session': table('PostgreSQL', ['pool'], ['DATABASE_URL', 'PGHOST']),
    'express-mysql-session': table('MySQL', [1]),
    'connect-session-sequelize': table('a database', ['db']),
    'sequelstore-connect': table('a database', ['database']),
    'connect-session-knex': table('a database', ['knex']),
    'connect-typeorm': table('a database'),
    '@quixo3/prisma-session-store': table('a database'),
    'prisma-session-store': table('a database'),
    'connect-mssql': table('SQL Server'),
    'connect-mssql-v2': table('SQL Server'),
    'express-oracle-session': table('Oracle'),
    'connect-couchbase': table('Couchbase'),
    'connect-couchdb': table('CouchDB'),
    'connect-cassandra-store': table('Cassandra', ['client']),
    'cassandra-store': table('Cassandra', ['client']),
    'connect-neo4j': table('Neo4j', ['client']),
    'connect-hazelcast': server('Hazelcast', ['client']),
    'session-rethinkdb': table('RethinkDB'),
    'connect-dynamodb': service('DynamoDB'),
    'dynamodb-store': service('DynamoDB'),
    '@google-cloud/connect-firestore': service('Firestore'),
    'firestore-store': service('Firestore'),
    'connect-session-firebase': service('Firebase'),
    '@google-cloud/connect-datastore': service('Datastore'),
    'connect-azuretables': service('Azure Table Storage'),
    'connect-azure-cosmosdb': service('Cosmos DB'),
    'express-session-cosmosdb': service('Cosmos DB'),
    'aerospike-session-store': server('Aerospike'),
  }),
);
