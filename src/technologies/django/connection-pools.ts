import { isUnknown, unknown, type Maybe } from '../../location.js';
import { entry, type DictValue, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import type { Engine } from './back-ends.js';
import type { DatabaseAlias } from './databases.js';
import type { DjangoSettings } from './settings.js';

export interface Pool {
  readonly lifetime: Maybe<'request' | 'pooled'>;
  readonly value: Value | undefined;
  /** Behind `DATABASES["alias"]`. */
  readonly setting: string;
  readonly maximum: Maybe<number>;
  readonly minimum: Maybe<number>;
  /** Whether somebody chose its size. */
  readonly sized: boolean;
  /** Whether Django keeps it itself. */
  readonly builtIn: boolean;
}

/**
 * psycopg_pool opens min_size connections, 4 where it is not given, and goes up to max_size, which is min_size where it
 * is not given: https://www.psycopg.org/psycopg3/docs/api/pool.html. Oracle's pool has min 1, max 2 and increment 1:
 * https://python-oracledb.readthedocs.io/en/latest/api_manual/module.html#oracledb.create_pool
 */
const KINDS = {
  postgresql: { least: 'min_size', most: 'max_size', minimum: 4, maximum: undefined },
  oracle: { least: 'min', most: 'max', minimum: 1, maximum: 2 },
} as const;

/** The pool in front of a database: Django's own, else that of a third-party engine; undefined where there is none. */
export function poolOf(settings: DjangoSettings, alias: DatabaseAlias, engine: Engine): Pool | undefined {
  return engine.pool === undefined ? builtInPool(alias, engine) : enginePool(settings, alias, engine.pool);
}

/** https://docs.djangoproject.com/en/stable/ref/databases/#connection-pool: PostgreSQL since 5.1, Oracle since 5.2. */
function builtInPool(alias: DatabaseAlias, { engine }: Engine): Pool | undefined {
  if (alias.options.length !== 1 || (engine !== 'postgresql' && engine !== 'oracle')) return undefined;
  const { least, most, ...defaults } = KINDS[engine];
  const pool = entry(entry(alias.options[0], 'OPTIONS'), 'pool');
  const setting = '["OPTIONS"]["pool"]';
  const common = { value: pool, builtIn: true };
  if (pool === undefined || pool.kind === 'none' || (pool.kind === 'bool' && !pool.value)) return undefined;
  const byDefault = defaults.maximum ?? defaults.minimum;
  if (pool.kind === 'bool') {
    const size = { maximum: byDefault, minimum: defaults.minimum, sized: false };
    return { ...common, ...size, lifetime: 'pooled', setting: `${setting}["${most}"]` };
  }
  if (pool.kind !== 'dict') {
    const reason = reasonFor(pool, setting);
    const size = { maximum: unknown<number>(reason), minimum: unknown<number>(reason), sized: true };
    return { ...common, ...size, lifetime: unknown(reason, ['request', 'pooled']), setting };
  }
  if (pool.entries.size === 0) return undefined;
  const given = (key: string): Maybe<number> | undefined => {
    const value = entry(pool, key);
    return value === undefined || value.kind === 'none' ? undefined : integerOf(value, `${setting}["${key}"]`);
  };
  const minimum = given(least) ?? defaults.minimum;
  const chosen = given(most) ?? (engine === 'postgresql' ? given(least) : undefined);
  const sized = chosen !== undefined;
  const size = { maximum: chosen ?? byDefault, minimum, sized };
  return { ...common, ...size, lifetime: 'pooled', setting: sized ? setting : `${setting}["${most}"]` };
}

/** SQLAlchemy's pools open a connection when one is asked for; those of gevent serve green threads, which none bounds. */
function enginePool(settings: DjangoSettings, alias: DatabaseAlias, pool: NonNullable<Engine['pool']>): Pool {
  const found = (value: Value | undefined, maximum: Maybe<number>, sized = true): Pool => ({
    lifetime: 'pooled',
    value,
    setting: pool.option === 'MAX_CONNS' ? '["OPTIONS"]["MAX_CONNS"]' : `["${pool.option}"]`,
    maximum,
    minimum: 0,
    sized,
    builtIn: false,
  });
  const options: DictValue | undefined = alias.options.length === 1 ? alias.options[0] : undefined;
  if (options === undefined) return found(undefined, unknown('the options of the database are not known'));
  if (pool.option === 'MAX_CONNS') {
    const size = entry(entry(options, 'OPTIONS'), 'MAX_CONNS');
    return size === undefined ? found(undefined, pool.maximum, false) : found(size, integerOf(size, 'MAX_CONNS'));
  }
  const sizes = pool.option === 'POOL_OPTIONS' ? entry(options, 'POOL_OPTIONS') : settings.get(pool.option);
  if (sizes === undefined) return found(undefined, pool.maximum, false);
  const size = entry(sizes, 'POOL_SIZE') ?? entry(sizes, 'pool_size');
  const overflow = entry(sizes, 'MAX_OVERFLOW') ?? entry(sizes, 'max_overflow');
  const base = size === undefined ? pool.maximum - 10 : integerOf(size, 'POOL_SIZE');
  const more = overflow === undefined ? 10 : integerOf(overflow, 'MAX_OVERFLOW');
  if (isUnknown(base) || isUnknown(more)) return found(sizes, isUnknown(base) ? base : more);
  const sized = size !== undefined || overflow !== undefined;
  // SQLAlchemy: an overflow of -1 has no bound.
  return found(sizes, more < 0 ? unknown('MAX_OVERFLOW -1 sets no bound') : base + more, sized);
}

function integerOf(value: Value, setting: string): Maybe<number> {
  const possible = alternatives(value) ?? [];
  const sizes = possible.map((each): Maybe<number> =>
    each.kind === 'int' ? Number(each.value) : unknown(reasonFor(each, setting)),
  );
  return combine(sizes, reasonFor(value, setting));
}
