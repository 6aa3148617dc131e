import type { ClientKind } from '../client-options.js';

const address = {
  engine: 'postgresql',
  addresses: ['connectionString', 'host', 'connection.host'],
  names: ['database'],
  variables: ['PGHOST', 'PGHOSTADDR'],
};

/** https://node-postgres.com/apis/pool (max 10), https://github.com/porsager/postgres#connection-details (max 10). */
export const CLIENTS: readonly ClientKind[] = [
  {
    ...address,
    packages: ['pg', 'pg-pool', '@neondatabase/serverless'],
    pool: /^(?:Pool|native\.Pool|default\.Pool)$/,
    single: /^(?:Client|native\.Client|default\.Client)$/,
    sizes: ['max', 'poolSize'],
    size: () => 10,
    once: 'const pool = new Pool() at the top of a module',
  },
  {
    ...address,
    packages: ['pg-promise'],
    pool: /^\(\)$/,
    sizes: ['max'],
    size: () => 10,
    once: 'const db = pgp(url) at the top of a module',
  },
  {
    ...address,
    packages: ['postgres'],
    pool: /^(?:default)?$/,
    sizes: ['max'],
    parameter: 'max',
    size: () => 10,
    once: 'const sql = postgres(url) at the top of a module',
  },
];
