import type { ClientKind } from '../client-options.js';

const common = {
  sizes: [],
  size: () => 1,
  addresses: [],
  names: [],
  files: ['filename'],
};

/** A file of this machine, whatever wraps it. */
export const CLIENTS: readonly ClientKind[] = [
  {
    ...common,
    engine: 'sqlite',
    packages: ['better-sqlite3'],
    pool: /^(?:default)?$/,
    once: 'new Database(path) at the top of a module',
  },
  {
    ...common,
    engine: 'sqlite',
    packages: ['sqlite3'],
    pool: /^(?:default\.)?(?:cached\.)?Database$/,
    once: 'new sqlite3.Database(path) at the top of a module',
  },
  { ...common, engine: 'sqlite', packages: ['sqlite'], pool: /^(?:default\.)?open$/, once: 'open({ filename }) once' },
  {
    ...common,
    engine: 'sqlite',
    packages: ['node:sqlite'],
    pool: /^DatabaseSync$/,
    once: 'new DatabaseSync(path) at the top of a module',
  },
  {
    ...common,
    engine: 'sqlite',
    packages: ['bun:sqlite'],
    pool: /^(?:default|Database)$/,
    once: 'new Database(path) at the top of a module',
  },
  // https://docs.turso.tech/sdk/ts/reference: `file:` is a file of this machine, every other address a server.
  {
    ...common,
    engine: [],
    addresses: ['url'],
    // Whoever calls it has to give an address.
    variables: [],
    follows: 'syncUrl',
    packages: ['@libsql/client'],
    pool: /^createClient$/,
    once: 'createClient({ url }) at the top of a module',
  },
];
