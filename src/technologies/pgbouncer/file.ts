import { locate, type Document } from '../../parse/document.js';
import type { Section, Setting, Settings } from '../../parse/ini/settings.js';
import { startOf, type Maybe } from '../../location.js';
import { countOf } from '../started.js';
import { PRODUCT, preparesBy, type Database, type Limits } from './limits.js';

/** What `pgbouncer.ini` says. */
export function fileLimits(document: Document<Settings>): Limits {
  const { sections } = document.tree;
  const of = (name: string): Setting[] => settingsOf(sections, name);
  const setting = (key: string): Setting | undefined => of('pgbouncer').findLast((one) => one.key === key);
  const number = (key: string): Maybe<number> | undefined => {
    const value = setting(key)?.value;
    return value === undefined || value === '' ? undefined : countOf(value);
  };
  const clients = setting('max_client_conn');
  const header = sections.find((section) => section.name === 'pgbouncer')?.header;
  const place = clients === undefined ? header : { start: clients.keyRange.start, end: clients.valueRange.end };
  return {
    databases: of('databases').map(({ value }) => databaseOf(value)),
    defaults: {
      poolSize: number('default_pool_size') ?? PRODUCT.poolSize,
      reserve: number('reserve_pool_size') ?? PRODUCT.reserve,
      maximum: number('max_db_connections') ?? PRODUCT.maximum,
      mode: setting('pool_mode')?.value ?? PRODUCT.mode,
    },
    clients: number('max_client_conn') ?? PRODUCT.clients,
    explicit: clients !== undefined,
    setting: 'max_client_conn',
    prepares: preparesBy(number('max_prepared_statements')),
    location: place === undefined ? startOf(document.path) : locate(document, place),
  };
}

function settingsOf(sections: readonly Section[], name: string): Setting[] {
  return sections.filter((section) => section.name === name).flatMap((section) => section.settings);
}

/** `host=pg port=5432 pool_size=20`, values in single quotes where they hold blanks. Without a host the server is on this machine. */
export function databaseOf(connection: string): Database {
  const words = new Map<string, string>();
  for (const [, key = '', quoted, bare = ''] of connection.matchAll(/(\w+)\s*=\s*(?:'((?:[^']|'')*)'|(\S*))/g)) {
    words.set(key, quoted ?? bare);
  }
  const number = (key: string): Maybe<number> | undefined => {
    const value = words.get(key);
    return value === undefined || value === '' ? undefined : countOf(value);
  };
  const host = words.get('host') ?? '';
  return {
    host: host === '' || host.startsWith('/') ? 'localhost' : host,
    poolSize: number('pool_size'),
    // `reserve_pool` is the older name.
    reserve: number('reserve_pool_size') ?? number('reserve_pool'),
    maximum: number('max_db_connections'),
    mode: words.get('pool_mode'),
  };
}
