import type { ClientKind } from '../client-options.js';

/** https://knexjs.org/guide/#pool: min 2, max 10; for SQLite one connection. */
export const CLIENTS: readonly ClientKind[] = [
  {
    packages: ['knex'],
    pool: /^(?:default|knex|default\.knex)?$/,
    engine: ['client', 'dialect'],
    sizes: ['pool.max'],
    size: () => 10,
    addresses: ['connection.connectionString', 'connection.host', 'connection.socketPath', 'connection'],
    names: ['connection.database'],
    files: ['connection.filename', 'connection'],
    once: 'const db = knex(options) at the top of a module',
  },
  // https://github.com/svtslv/nest-knexjs
  {
    packages: ['nest-knexjs', 'nestjs-knex'],
    pool: /^KnexModule\.forRoot(?:Async)?$/,
    engine: ['config.client'],
    sizes: ['config.pool.max'],
    size: () => 10,
    addresses: [
      'config.connection.connectionString',
      'config.connection.host',
      'config.connection.socketPath',
      'config.connection',
    ],
    names: ['config.connection.database'],
    files: ['config.connection.filename', 'config.connection'],
    once: 'KnexModule.forRoot(options)',
  },
];
