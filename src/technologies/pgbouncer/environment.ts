import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { imageTagOf } from '../image-tag.js';
import { countOf } from '../started.js';
import { PRODUCT, preparesBy, type Database, type Limits } from './limits.js';

/**
 * How images write `pgbouncer.ini` from the environment: the prefix of its settings, and where the server's name is.
 * edoburu/pgbouncer (and the many made from it): MAX_CLIENT_CONN, DB_HOST or DATABASE_URL(S).
 * bitnami/pgbouncer: PGBOUNCER_MAX_CLIENT_CONN, POSTGRESQL_HOST. pgbouncer/pgbouncer: PGBOUNCER_*, DATABASES_HOST.
 */
const SPELLINGS = [
  { prefix: '', hosts: ['DB_HOST'], urls: ['DATABASE_URLS', 'DATABASE_URL'] },
  { prefix: 'PGBOUNCER_', hosts: ['POSTGRESQL_HOST', 'DATABASES_HOST'], urls: [] },
];

/** Undefined where the environment names no server: then a file that is mounted counts, and speaks for itself. */
export function environmentLimits(program: Program): Limits | undefined {
  const { environment, location, mounts } = program.launch;
  if (location === undefined || mounts.some(({ containerPath }) => containerPath.endsWith('pgbouncer.ini')))
    return undefined;
  for (const { prefix, hosts, urls } of SPELLINGS) {
    const databases = databasesOf(program, hosts, urls);
    if (databases.length === 0) continue;
    const number = (name: string): Maybe<number> | undefined => {
      const value = environment.get(prefix + name)?.value;
      if (value === undefined || value === '') return undefined;
      return isUnknown(value) ? unknown(value.unknown) : countOf(value);
    };
    const mode = environment.get(`${prefix}POOL_MODE`)?.value ?? PRODUCT.mode;
    const clients = number('MAX_CLIENT_CONN');
    return {
      databases,
      defaults: {
        poolSize: number('DEFAULT_POOL_SIZE') ?? PRODUCT.poolSize,
        reserve: number('RESERVE_POOL_SIZE') ?? PRODUCT.reserve,
        maximum: number('MAX_DB_CONNECTIONS') ?? PRODUCT.maximum,
        mode: isUnknown(mode) ? '' : mode,
      },
      clients: clients ?? PRODUCT.clients,
      explicit: clients !== undefined,
      prepares: preparesBy(number('MAX_PREPARED_STATEMENTS'), imageTagOf(program)?.tag),
      setting: `${prefix}MAX_CLIENT_CONN`,
      location: environment.get(`${prefix}MAX_CLIENT_CONN`)?.location ?? location,
    };
  }
  return undefined;
}

function databasesOf(program: Program, hosts: readonly string[], urls: readonly string[]): Database[] {
  const { environment } = program.launch;
  for (const name of urls) {
    const value = environment.get(name)?.value;
    if (value === undefined || value === '') continue;
    if (isUnknown(value)) return [{ host: unknown(value.unknown) }];
    return value
      .split(',')
      .map((url) => ({ host: /^\w+:\/\/(?:[^@/]*@)?([^:/?]+)/.exec(url.trim())?.[1] ?? 'localhost' }));
  }
  for (const name of hosts) {
    const value = environment.get(name)?.value;
    if (value !== undefined && value !== '') return [{ host: isUnknown(value) ? unknown(value.unknown) : value }];
  }
  return [];
}
