import { compareLocations, unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import { databaseConnection } from '../../facts/database-connection.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { entry, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { databaseEngine, type Engine } from './back-ends.js';
import { poolOf, type Pool } from './connection-pools.js';
import { misplacedAge, remediesFor } from './connection-remedies.js';
import { cursorUse } from './cursor-use.js';
import { databasesOf, type DatabaseAlias } from './databases.js';
import { chosenBy, doubted } from './doubt.js';
import { setHere } from './set-here.js';
import { installedDriver } from './installed-driver.js';
import { isAtLeast } from './version.js';
import { settingsOf, type DjangoSettings } from './settings.js';

type Lifetime = 'request' | 'persistent' | 'pooled';

/** How connections live: CONN_MAX_AGE, Django's own pool (OPTIONS["pool"]), or the pool of a third-party engine. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, connections(program, settings));
}

function* connections(program: Program, settings: DjangoSettings): Iterable<Stated> {
  for (const alias of databasesOf(program) ?? []) {
    const told = alias.engines[0];
    const installed = told === undefined ? installedEngine(program, alias) : undefined;
    const engine = told ?? installed?.engine;
    // A file is opened, not connected to; of an engine that is not known nothing can be said.
    if (engine === undefined || alias.engines.some(({ keeper }) => keeper !== 'server')) continue;
    const pool = poolOf(settings, alias, engine);
    const stated =
      pool === undefined
        ? withoutPool(program, settings, alias, engine)
        : throughPool(program, settings, alias, engine, pool);
    yield installed === undefined ? stated : { ...stated, evidence: [...stated.evidence, installed.evidence] };
  }
}

/**
 * Where a variable that the repository does not hold names the engine (`DATABASE_URL` most of all), or a library that asks for
 * it, the drivers that production installs tell which server it can be.
 */
function installedEngine(
  program: Program,
  alias: DatabaseAlias,
): { readonly engine: Engine; readonly evidence: Evidence } | undefined {
  const written = entry(alias.options[0], 'ENGINE');
  if (written?.kind !== 'unknown') return undefined;
  const driver = installedDriver(program);
  const engine = driver === undefined ? undefined : databaseEngine(`django.db.backends.${driver.product}`);
  if (engine === undefined || driver === undefined) return undefined;
  const message = `${driver.dependency.name} is the only driver of a database server that is installed`;
  return { engine, evidence: { message, location: driver.dependency.location } };
}

function throughPool(
  program: Program,
  settings: DjangoSettings,
  alias: DatabaseAlias,
  engine: Engine,
  pool: Pool,
): Stated {
  const kept = lifetimeOf(alias);
  const keptBesidePool: Maybe<boolean> = typeof kept === 'string' ? kept === 'persistent' : unknown(kept.unknown);
  const session = sessionOf(program, settings, alias, engine);
  const ageAt = entry(alias.options[0], 'CONN_MAX_AGE')?.origin.locations[0];
  return state(
    databaseConnection,
    pool.value?.origin.locations[0] ?? alias.location,
    {
      name: alias.name,
      lifetime: pool.lifetime,
      explicit: pool.sized,
      setting: `DATABASES["${alias.name}"]${pool.setting}`,
      remedy: '',
      poolMaximum: pool.maximum,
      poolMinimum: pool.minimum,
      ...session.properties,
      // "Pooling doesn't support persistent connections", says DatabaseWrapper.pool of django/db/backends/postgresql/base.py.
      ...(pool.builtIn ? { keptBesidePool, ...triedOf(settings, alias) } : {}),
    },
    chosenBy(settings),
    { ...session.places, ...(ageAt === undefined ? {} : { keptBesidePool: ageAt }) },
  );
}

function withoutPool(program: Program, settings: DjangoSettings, alias: DatabaseAlias, engine: Engine): Stated {
  const ages = alias.options.map((options) => entry(options, 'CONN_MAX_AGE'));
  const [age] = ages;
  const lifetime = lifetimeOf(alias);
  // Libraries that read a URL write a 0 of their own next to the engine.
  const engineAt = entry(alias.options[0], 'ENGINE')?.origin.locations[0];
  const written = age?.origin.locations[0];
  const beside = engineAt !== undefined && written !== undefined && compareLocations(engineAt, written) === 0;
  const session = sessionOf(program, settings, alias, engine);
  const remedies = remediesFor(program, settings, alias, engine, lifetime === 'persistent');
  const misplaced = misplacedAge(settings, age);
  return state(
    databaseConnection,
    // An absence is told where the entry begins that should hold it.
    written ?? alias.entry,
    {
      name: alias.name,
      lifetime,
      explicit: age !== undefined && !(beside && lifetime === 'request'),
      setting: `DATABASES["${alias.name}"]["CONN_MAX_AGE"]`,
      remedy: remedies.onThreads,
      remedyOnLoop: remedies.onLoop,
      remedyForGreenlets: remedies.forGreenlets,
      ...session.properties,
      ...(lifetime === 'request' ? {} : triedOf(settings, alias)),
    },
    [
      ...(misplaced === undefined
        ? []
        : [
            {
              message: 'CONN_MAX_AGE stands outside of DATABASES here, where Django does not read it',
              location: misplaced,
            },
          ]),
      ...setHere(program, ...ages),
      ...chosenBy(settings),
    ],
    session.places,
  );
}

/** CONN_HEALTH_CHECKS, of Django 4.1 and later. */
function triedOf(settings: DjangoSettings, alias: DatabaseAlias): { tried?: Maybe<boolean> } {
  return isAtLeast(settings.djangoVersion, '4.1') ? { tried: flagOf(alias, 'CONN_HEALTH_CHECKS') } : {};
}

/** What a connection leaves in the session of its server, which matters where a pooler stands between. */
function sessionOf(program: Program, settings: DjangoSettings, alias: DatabaseAlias, { engine }: Engine) {
  const host = alias.host === undefined ? {} : { host: alias.host };
  const transactionPerRequest = flagOf(alias, 'ATOMIC_REQUESTS');
  if (engine !== 'postgresql') return { properties: { ...host, transactionPerRequest }, places: {} };
  // Where routers choose the database, which one a query goes to is not known; most go to the first.
  const place = alias.name === 'default' ? cursorUse(program, settings) : undefined;
  const places: { cursors?: Location } = place === undefined ? {} : { cursors: place };
  const disabled = flagOf(alias, 'DISABLE_SERVER_SIDE_CURSORS');
  const asked = place === undefined ? 'possible' : 'used';
  const cursors: Maybe<'off' | 'possible' | 'used'> =
    typeof disabled === 'boolean' ? (disabled ? 'off' : asked) : unknown(disabled.unknown, ['off', asked]);
  const preparesStatements = preparesOf(alias);
  return { properties: { ...host, transactionPerRequest, cursors, preparesStatements }, places };
}

/** Django sets psycopg's prepare_threshold to None, so that none is prepared, unless OPTIONS says otherwise. */
function preparesOf(alias: DatabaseAlias): Maybe<boolean> {
  const name = 'prepare_threshold';
  const found = alias.options.map((options): Maybe<boolean> => {
    const value = entry(entry(options, 'OPTIONS'), name);
    if (value === undefined || value.kind === 'none') return false;
    return value.kind === 'int' ? true : unknown(reasonFor(value, `OPTIONS["${name}"]`), [true, false]);
  });
  return combine(found, name);
}

/** A switch of a database that is off where nobody sets it. */
function flagOf(alias: DatabaseAlias, name: string): Maybe<boolean> {
  const setting = `DATABASES["${alias.name}"]["${name}"]`;
  const found = alias.options.flatMap((options): Maybe<boolean>[] => {
    const value = entry(options, name);
    if (value === undefined) return [false];
    const reason = reasonFor(value, setting);
    return (alternatives(value) ?? [value]).map((one) => truthOf(one, reason));
  });
  return combine(found, setting);
}

function truthOf(value: Value, reason: string): Maybe<boolean> {
  if (value.kind === 'none') return false;
  if (value.kind === 'bool' || value.kind === 'int') return Number(value.value) !== 0;
  return value.kind === 'str' ? value.value !== '' : unknown(reason, [true, false]);
}

/** Absent or 0: closed at the end of each request. None: kept for ever. */
function lifetimeOf(alias: DatabaseAlias): Maybe<Lifetime> {
  const ages = alias.options.map((options) => entry(options, 'CONN_MAX_AGE'));
  return combine(ages.map(lifetimeBy), reasonFor(ages[0], `DATABASES["${alias.name}"]["CONN_MAX_AGE"]`));
}

function lifetimeBy(age: Value | undefined): Maybe<Lifetime> {
  if (age === undefined) return 'request';
  if (age.kind === 'unknown' && age.absent === true)
    return combine([lifetimeBy({ ...age, absent: false }), 'request'], reasonFor(age, 'CONN_MAX_AGE'));
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
