import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';

/** A database of the pooler: the server it leads to, and what it says of its pool. */
export interface Database {
  readonly host: Maybe<string>;
  readonly poolSize?: Maybe<number> | undefined;
  readonly reserve?: Maybe<number> | undefined;
  readonly maximum?: Maybe<number> | undefined;
  readonly mode?: string | undefined;
}

/** What counts where a database says nothing itself. */
export interface Defaults {
  readonly poolSize: Maybe<number>;
  readonly reserve: Maybe<number>;
  /** 0 for no limit. */
  readonly maximum: Maybe<number>;
  readonly mode: string;
}

/** What one pooler is set to, wherever that is written. */
export interface Limits {
  readonly databases: readonly Database[];
  readonly defaults: Defaults;
  readonly clients: Maybe<number>;
  readonly explicit: boolean;
  readonly setting: string;
  readonly location: Location;
  /** Whether it keeps track of the statements that clients prepare, in modes that need it. */
  readonly prepares: Maybe<boolean>;
}

/** `max_prepared_statements`: 0 switches it off. */
export function preparesBy(limit: Maybe<number> | undefined, version?: string): Maybe<boolean> {
  if (limit !== undefined) return isUnknown(limit) ? unknown(limit.unknown) : limit > 0;
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined || minor === undefined)
    return unknown('max_prepared_statements is not set, and is 0 before PgBouncer 1.24, 200 since');
  return Number(major) > 1 || Number(minor) >= 24;
}

type PoolMode = 'session' | 'transaction' | 'statement';

export interface Upstream {
  readonly host: Maybe<string>;
  /** Server connections of all its databases together, each with one user. */
  readonly connections: Maybe<number>;
  readonly mode: Maybe<PoolMode>;
}

/** https://www.pgbouncer.org/config.html */
export const PRODUCT = { clients: 100, poolSize: 20, reserve: 0, maximum: 0, mode: 'session' } as const;

/** A pool belongs to one database and one user, as applications have them; `max_db_connections` caps each database. */
export function upstreamsOf(databases: readonly Database[], defaults: Defaults): Upstream[] {
  const groups = new Map<string, Database[]>();
  for (const database of databases) {
    const key = JSON.stringify(database.host);
    groups.set(key, [...(groups.get(key) ?? []), database]);
  }
  return [...groups.values()].map((behind) => {
    const modes = [...new Set(behind.map(({ mode }) => mode ?? defaults.mode))];
    const [only] = modes;
    return {
      host: behind[0]?.host ?? unknown('no database is named'),
      connections: sum(behind.map((database) => connectionsOf(database, defaults))),
      mode: modes.length === 1 ? modeOf(only) : unknown('its databases differ', modes.filter(isMode)),
    };
  });
}

function connectionsOf(database: Database, defaults: Defaults): Maybe<number> {
  const pool = database.poolSize ?? defaults.poolSize;
  const size =
    pool === 0 ? unknown<number>('a pool size of 0 sets no bound') : sum([pool, database.reserve ?? defaults.reserve]);
  const maximum = database.maximum ?? defaults.maximum;
  if (typeof maximum !== 'number') return maximum;
  if (typeof size !== 'number') return pool === 0 && maximum > 0 ? maximum : size;
  return maximum > 0 ? Math.min(size, maximum) : size;
}

function sum(numbers: readonly Maybe<number>[]): Maybe<number> {
  const open = numbers.find((one) => typeof one !== 'number');
  return open ?? numbers.reduce<number>((total, one) => total + (typeof one === 'number' ? one : 0), 0);
}

function modeOf(mode: string | undefined): Maybe<PoolMode> {
  return isMode(mode) ? mode : unknown(`"${mode ?? ''}" is filled in when it starts`);
}

function isMode(mode: string | undefined): mode is PoolMode {
  return mode === 'session' || mode === 'transaction' || mode === 'statement';
}
