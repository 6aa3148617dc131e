import { startOf, unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import { state, type Scope, type Stated } from '../../facts/fact.js';
import { sessionStore } from '../../facts/session-store.js';
import type { Program } from '../../link/program.js';
import { entry, text, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { cachesOf } from './caches.js';
import { containerPath } from '../container-path.js';
import { databasesOf, scopeOfTables } from './databases.js';
import { hostOf, networkPlace } from './network-place.js';
import { databaseRemedy } from './remedies.js';
import { sessionEngine } from './session-engine.js';
import { hasSessions } from './session-use.js';
import { settingOf } from './default-settings.js';
import { chosenBy, doubted } from './doubt.js';
import { setHere } from './set-here.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** Sessions exist only where a session middleware does; SESSION_ENGINE says where, Django's default is the database. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined && hasSessions(program, settings)) yield* doubted(settings, sessions(program, settings));
}

function* sessions(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const engine = settingOf(settings, 'SESSION_ENGINE');
  const possible = engine === undefined ? undefined : alternatives(engine);
  if (engine === undefined || possible === undefined) {
    const reason = reasonFor(engine, 'SESSION_ENGINE');
    yield stated(settings, engine, {
      store: unknown(reason),
      keeper: unknown(reason),
      scope: unknown(reason),
      evidence: [],
      remedy: '',
    });
    return;
  }
  const each = possible.map((value) => placeOfSessions(program, settings, value));
  const [first] = each;
  const reason = reasonFor(engine, 'SESSION_ENGINE');
  yield stated(settings, engine, {
    store: combine(
      each.map(({ store }) => store),
      reason,
    ),
    keeper: combine(
      each.map(({ keeper }) => keeper),
      reason,
    ),
    scope: combine(
      each.map(({ scope }) => scope),
      reason,
    ),
    path: each.length === 1 ? first?.path : undefined,
    evidence: [...setHere(program, engine), ...each.flatMap(({ evidence }) => evidence)],
    remedy: each.find(({ remedy }) => remedy !== '')?.remedy ?? '',
  });
}

interface Place {
  readonly keeper: Maybe<'own' | 'cache' | 'database'>;
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly path?: Maybe<string> | undefined;
  readonly evidence: readonly Evidence[];
  readonly remedy: string;
}

const IN_DATABASE = 'SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"';

function stated(settings: DjangoSettings, engine: Value | undefined, place: Place): Stated {
  const explicit = settings.names.has('SESSION_ENGINE');
  const location: Location =
    (explicit ? engine?.origin.locations[0] : undefined) ??
    settings.placeOf('SESSION_ENGINE') ??
    startOf(settings.path);
  return state(
    sessionStore,
    location,
    {
      store: place.store,
      keeper: place.keeper,
      scope: place.scope,
      explicit,
      setting: 'SESSION_ENGINE',
      remedy: place.remedy,
      ...(place.path === undefined ? {} : { path: place.path }),
    },
    [...chosenBy(settings), ...place.evidence],
  );
}

function placeOfSessions(program: Program, settings: DjangoSettings, engine: Value): Place {
  const module = text(engine);
  const lineage = module === undefined ? undefined : sessionEngine(program, module);
  if (module === undefined || lineage === undefined) {
    const reason =
      module === undefined ? reasonFor(engine, 'SESSION_ENGINE') : `where ${module} keeps sessions is not known here`;
    return { store: unknown(reason), keeper: unknown(reason), scope: unknown(reason), evidence: [], remedy: '' };
  }
  const { store, keeper } = lineage.known;
  const evidence = lineage.through;
  switch (keeper) {
    case 'cookies':
    case 'cluster':
      return { store, keeper: 'own', scope: 'cluster', evidence, remedy: '' };
    case 'files': {
      const path = settings.get('SESSION_FILE_PATH');
      const folder = text(path);
      const unset = path === undefined || path.kind === 'none';
      return {
        store,
        keeper: 'own',
        scope: 'host',
        // tempfile.gettempdir() where SESSION_FILE_PATH is None.
        path: unset
          ? '/tmp'
          : folder === undefined
            ? unknown(reasonFor(path, 'SESSION_FILE_PATH'))
            : containerPath(program, folder),
        evidence,
        remedy: IN_DATABASE,
      };
    }
    case 'database':
    case 'cached-database': {
      const tables = scopeOfTables(program);
      const main = databasesOf(program)?.find(({ name }) => name === 'default');
      const remedy = main === undefined || tables.scope === 'cluster' ? '' : databaseRemedy(program, settings, main);
      const place = main?.product === 'sqlite' ? `${store} (sqlite)` : store;
      return {
        store: place,
        keeper: 'database',
        scope: tables.scope,
        evidence: [...evidence, ...tables.evidence],
        remedy,
      };
    }
    case 'cache':
      return inCache(program, settings, evidence);
    case 'redis-sessions':
      return { store, keeper: 'own', scope: redisSessions(program, settings), evidence, remedy: '' };
  }
}

function inCache(program: Program, settings: DjangoSettings, through: readonly Evidence[]): Place {
  const alias = text(settings.get('SESSION_CACHE_ALIAS')) ?? 'default';
  const cache = cachesOf(program)?.find(({ name }) => name === alias);
  if (cache === undefined) {
    const reason = `the cache "${alias}", which holds the sessions, is not known`;
    return { store: unknown(reason), keeper: 'cache', scope: unknown(reason), evidence: through, remedy: '' };
  }
  const store = typeof cache.store === 'string' ? `cache (${cache.store})` : cache.store;
  const evidence = [
    ...through,
    { message: `the cache "${alias}" holds the sessions`, location: cache.location },
    ...cache.evidence,
  ];
  return {
    store,
    keeper: 'cache',
    scope: cache.scope,
    path: cache.path,
    evidence,
    remedy: cache.scope === 'cluster' ? '' : IN_DATABASE,
  };
}

/** django-redis-sessions connects to localhost where SESSION_REDIS does not say otherwise. */
function redisSessions(program: Program, settings: DjangoSettings): Maybe<Scope> {
  const redis = settings.get('SESSION_REDIS');
  const url = entry(redis, 'url') ?? settings.get('SESSION_REDIS_URL');
  if (url?.kind === 'str')
    return networkPlace(program, { ...url, value: hostOf(url.value).host }, 'SESSION_REDIS').scope;
  const host = entry(redis, 'host') ?? settings.get('SESSION_REDIS_HOST');
  if (host !== undefined) return networkPlace(program, host, 'SESSION_REDIS["host"]').scope;
  return redis === undefined ? 'host' : unknown('SESSION_REDIS names no host', ['host', 'cluster']);
}
