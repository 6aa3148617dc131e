import type { ClientKind } from '../client-options.js';

/** What is asked for an address under any of these keys. */
const ADDRESS = {
  addresses: [
    'connectionString',
    'connection.connectionString',
    'connection.url',
    'connection.host',
    'connection',
    'host',
  ],
  names: ['database'],
} as const;

const MIKRO_ORM: Omit<ClientKind, 'packages'> = {
  pool: /^(?:default\.)?(?:MikroORM\.init(?:Sync)?|MikroORM|MikroOrmModule\.forRoot(?:Async)?)$/,
  engine: ['type'],
  sizes: ['pool.max', 'driverOptions.pool.max'],
  size: () => 10,
  addresses: ['clientUrl', 'host'],
  names: ['dbName'],
  files: ['dbName'],
  once: 'const orm = await MikroORM.init(options), when the program starts',
};

/** Packages that make a pool of a driver, each its own, beside whatever else talks to the same database. */
export const CLIENTS: readonly ClientKind[] = [
  // https://mikro-orm.io/docs/configuration: the pool of Knex or its successor, 10.
  { ...MIKRO_ORM, packages: ['@mikro-orm/postgresql'], usualEngine: 'postgresql' },
  { ...MIKRO_ORM, packages: ['@mikro-orm/mysql', '@mikro-orm/mariadb'], usualEngine: 'mysql' },
  { ...MIKRO_ORM, packages: ['@mikro-orm/mongodb'], usualEngine: 'mongodb', size: () => 100 },
  { ...MIKRO_ORM, packages: ['@mikro-orm/core', '@mikro-orm/nestjs'] },
  // https://orm.drizzle.team/docs/get-started-postgresql: given an address it makes the pool of the driver, 10.
  {
    ...ADDRESS,
    packages: ['drizzle-orm'],
    subpath: /^(?:node-postgres|postgres-js|neon-serverless|vercel-postgres)$/,
    wraps: true,
    pool: /^drizzle$/,
    engine: 'postgresql',
    sizes: ['connection.max'],
    size: () => 10,
    once: 'const db = drizzle(url) at the top of a module',
  },
  {
    ...ADDRESS,
    packages: ['drizzle-orm'],
    subpath: /^mysql2$/,
    wraps: true,
    pool: /^drizzle$/,
    engine: 'mysql',
    sizes: ['connection.connectionLimit'],
    parameter: 'connectionLimit',
    size: () => 10,
    once: 'const db = drizzle(url) at the top of a module',
  },
  // https://github.com/gajus/slonik#api: maximumPoolSize 10.
  {
    ...ADDRESS,
    packages: ['slonik'],
    pool: /^createPool$/,
    engine: 'postgresql',
    sizes: ['maximumPoolSize'],
    size: () => 10,
    addressFirst: true,
    once: 'const pool = await createPool(url), when the program starts',
  },
  // https://vercel.com/docs/storage/vercel-postgres/sdk: the pool of @neondatabase/serverless.
  {
    ...ADDRESS,
    packages: ['@vercel/postgres'],
    pool: /^createPool$/,
    engine: 'postgresql',
    sizes: ['max'],
    size: () => 10,
    variables: ['POSTGRES_URL'],
    once: 'const pool = createPool() at the top of a module',
  },
  // https://tediousjs.github.io/node-mssql/#general-same-for-all-drivers: pool.max 10.
  {
    packages: ['mssql'],
    pool: /^(?:default\.)?(?:connect|ConnectionPool)$/,
    engine: 'sqlserver',
    sizes: ['pool.max'],
    parameter: 'max pool size',
    size: () => 10,
    addresses: ['server', 'connectionString'],
    names: ['database'],
    once: 'const pool = await sql.connect(options), when the program starts',
  },
  {
    packages: ['tedious'],
    pool: /^$/,
    single: /^Connection$/,
    engine: 'sqlserver',
    sizes: [],
    size: () => 1,
    addresses: ['server'],
    names: ['options.database'],
    once: 'a pool of mssql at the top of a module',
  },
  // Queues and libraries that keep their own tables. https://timgit.github.io/pg-boss/#/./api/constructor
  {
    ...ADDRESS,
    packages: ['pg-boss'],
    pool: /^(?:default|PgBoss)?$/,
    engine: 'postgresql',
    sizes: ['max'],
    size: () => 10,
    once: 'const boss = new PgBoss(url) at the top of a module',
  },
  // https://worker.graphile.org/docs/config#workermaxpoolsize
  {
    ...ADDRESS,
    packages: ['graphile-worker'],
    pool: /^(?:run|makeWorkerUtils)$/,
    engine: 'postgresql',
    sizes: ['maxPoolSize', 'preset.worker.maxPoolSize'],
    size: () => 10,
    once: 'const runner = await run(options), when the program starts',
  },
  // https://github.com/boxyhq/jackson: TypeORM over the driver of the product, 10.
  {
    packages: ['@boxyhq/saml-jackson'],
    pool: /^(?:default|jackson|controllers)?$/,
    engine: ['db.type', 'db.engine'],
    sizes: ['db.poolSize'],
    size: () => 10,
    addresses: ['db.url'],
    names: [],
    once: 'one controller that all share',
  },
];
