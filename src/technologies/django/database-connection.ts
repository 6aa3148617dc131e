import { compareLocations, isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import { databaseConnection } from '../../facts/database-connection.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { entry, type DictValue, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import type { Engine } from './back-ends.js';
import { databasesOf, type DatabaseAlias } from './databases.js';
import { chosenBy, doubted } from './doubt.js';
import { setHere } from './set-here.js';
import { isAtLeast } from './version.js';
import { settingsOf, type DjangoSettings } from './settings.js';

type Lifetime = 'request' | 'persistent' | 'pooled';

/** How connections live: CONN_MAX_AGE, Django's own pool (OPTIONS["pool"], 5.1), or the pool of a third-party engine. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, connections(program, settings));
}

function* connections(program: Program, settings: DjangoSettings): Iterable<Stated> {
  for (const alias of databasesOf(program) ?? []) {
    const engine = alias.engines[0];
    // A file is opened, not connected to; of an engine that is not known nothing can be said.
    if (engine === undefined || alias.engines.some(({ keeper }) => keeper !== 'server')) continue;
    yield connectionOf(program, settings, alias, engine);
  }
}

function connectionOf(program: Program, settings: DjangoSettings, alias: DatabaseAlias, engine: Engine): Stated {
  const prefix = `DATABASES["${alias.name}"]`;
  const pooled = engine.pool === undefined ? djangoPool(alias, engine) : enginePool(settings, alias, engine.pool);
  const host = alias.host === undefined ? {} : { host: alias.host };
  if (pooled !== undefined) {
    return state(
      databaseConnection,
      pooled.value?.origin.locations[0] ?? alias.location,
      {
        name: alias.name,
        lifetime: pooled.lifetime,
        explicit: true,
        setting: `${prefix}${pooled.setting}`,
        remedy: '',
        poolMaximum: pooled.maximum,
        ...host,
      },
      [...chosenBy(settings), ...pooled.evidence],
    );
  }
  const ages = alias.options.map((options) => entry(options, 'CONN_MAX_AGE'));
  const [age] = ages;
  const lifetime = combine(ages.map(lifetimeOf), reasonFor(age, `${prefix}["CONN_MAX_AGE"]`));
  // Libraries that read a URL write a 0 of their own next to the engine.
  const engineAt = entry(alias.options[0], 'ENGINE')?.origin.locations[0];
  const written = age?.origin.locations[0];
  const beside = engineAt !== undefined && written !== undefined && compareLocations(engineAt, written) === 0;
  const explicit = age !== undefined && !(beside && lifetime === 'request');
  return state(
    databaseConnection,
    // An absence is told where the entry begins that should hold it.
    age?.origin.locations[0] ?? alias.entry,
    {
      name: alias.name,
      lifetime,
      explicit,
      setting: `${prefix}["CONN_MAX_AGE"]`,
      remedy: lifetime === 'persistent' ? '' : onLoop(program) ? remedyOnLoop(settings, engine) : remedyFor(age),
      ...host,
    },
    [...setHere(program, ...ages), ...chosenBy(settings)],
  );
}

/** Absent or 0: closed at the end of each request. None: kept for ever. */
function lifetimeOf(age: Value | undefined): Maybe<Lifetime> {
  if (age === undefined) return 'request';
  const possible = alternatives(age);
  const reason = reasonFor(age, 'CONN_MAX_AGE');
  if (possible === undefined) return unknown<Lifetime>(reason, ['request', 'persistent']);
  return combine(
    possible.map((value): Maybe<Lifetime> => {
      if (value.kind === 'none') return 'persistent';
      if (value.kind === 'int' || value.kind === 'float' || value.kind === 'bool')
        return Number(value.value) > 0 ? 'persistent' : 'request';
      return unknown<Lifetime>(reason, ['request', 'persistent']);
    }),
    reason,
  );
}

/** Whether an ASGI server runs the code. */
function onLoop(program: Program): boolean {
  return program.launch.commands.some(({ words }) =>
    words.some((word) => /(?:^|[./])asgi(?::\w+)?$|^(?:uvicorn|daphne|hypercorn)$|\bUvicorn(?:H11)?Worker$/.test(word)),
  );
}

/** Django's documentation: under ASGI persistent connections should be disabled, and a pool used instead. */
function remedyOnLoop(settings: DjangoSettings, engine: Engine): string {
  return engine.engine === 'postgresql' && isAtLeast(settings.djangoVersion, '5.1')
    ? '"OPTIONS": {"pool": True}'
    : 'a pooler such as PgBouncer or ProxySQL between (CONN_MAX_AGE stays 0 under ASGI)';
}

function remedyFor(age: Value | undefined): string {
  const variable = age?.origin.variables.find((name) => /AGE|CONN/.test(name));
  return variable === undefined ? '"CONN_MAX_AGE": 60' : `${variable}=60`;
}

interface Pool {
  readonly lifetime: Maybe<Lifetime>;
  readonly value: Value | undefined;
  readonly setting: string;
  readonly maximum: Maybe<number>;
  readonly evidence: readonly Evidence[];
}

/** psycopg_pool: min_size 4 where it is not given, max_size as large as min_size. */
const PSYCOPG_MINIMUM = 4;

function djangoPool(alias: DatabaseAlias, engine: Engine): Pool | undefined {
  if (alias.options.length !== 1 || (engine.engine !== 'postgresql' && engine.engine !== 'oracle')) return undefined;
  const pool = entry(entry(alias.options[0], 'OPTIONS'), 'pool');
  const setting = '["OPTIONS"]["pool"]';
  if (pool === undefined || pool.kind === 'none' || (pool.kind === 'bool' && !pool.value)) return undefined;
  if (pool.kind === 'bool')
    return {
      lifetime: 'pooled',
      value: pool,
      setting,
      maximum: engine.engine === 'postgresql' ? PSYCOPG_MINIMUM : unknown('the size of the pool is not set'),
      evidence: [],
    };
  if (pool.kind !== 'dict') {
    const reason = reasonFor(pool, setting);
    return {
      lifetime: unknown<Lifetime>(reason, ['request', 'pooled']),
      value: pool,
      setting,
      maximum: unknown(reason),
      evidence: [],
    };
  }
  if (pool.entries.size === 0) return undefined;
  const maximum = entry(pool, engine.engine === 'oracle' ? 'max' : 'max_size');
  const minimum = entry(pool, engine.engine === 'oracle' ? 'min' : 'min_size');
  const size = maximum === undefined || maximum.kind === 'none' ? minimum : maximum;
  return {
    lifetime: 'pooled',
    value: pool,
    setting,
    maximum:
      size === undefined
        ? engine.engine === 'postgresql'
          ? PSYCOPG_MINIMUM
          : unknown('the size of the pool is not set')
        : integerOf(size, `${setting}["max_size"]`),
    evidence: [],
  };
}

function enginePool(settings: DjangoSettings, alias: DatabaseAlias, pool: NonNullable<Engine['pool']>): Pool {
  const found = (value: Value | undefined, maximum: Maybe<number>): Pool => ({
    lifetime: 'pooled',
    value,
    setting: `["${pool.option}"]`,
    maximum,
    evidence: [],
  });
  const options: DictValue | undefined = alias.options.length === 1 ? alias.options[0] : undefined;
  if (options === undefined) return found(undefined, unknown('the options of the database are not known'));
  if (pool.option === 'MAX_CONNS') {
    const size = entry(entry(options, 'OPTIONS'), 'MAX_CONNS');
    return found(size, size === undefined ? pool.maximum : integerOf(size, 'MAX_CONNS'));
  }
  const sizes = pool.option === 'POOL_OPTIONS' ? entry(options, 'POOL_OPTIONS') : settings.get(pool.option);
  if (sizes === undefined) return found(undefined, pool.maximum);
  const size = entry(sizes, 'POOL_SIZE') ?? entry(sizes, 'pool_size');
  const overflow = entry(sizes, 'MAX_OVERFLOW') ?? entry(sizes, 'max_overflow');
  const base = size === undefined ? pool.maximum - 10 : integerOf(size, 'POOL_SIZE');
  const more = overflow === undefined ? 10 : integerOf(overflow, 'MAX_OVERFLOW');
  if (isUnknown(base) || isUnknown(more)) return found(sizes, isUnknown(base) ? base : more);
  // SQLAlchemy: an overflow of -1 has no bound.
  return found(sizes, more < 0 ? unknown('MAX_OVERFLOW -1 sets no bound') : base + more);
}

function integerOf(value: Value, setting: string): Maybe<number> {
  const possible = alternatives(value) ?? [];
  const sizes = possible.map((each): Maybe<number> =>
    each.kind === 'int' ? Number(each.value) : unknown(reasonFor(each, setting)),
  );
  return combine(sizes, reasonFor(value, setting));
}
