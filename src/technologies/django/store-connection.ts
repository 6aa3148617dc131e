import { state, type Stated } from '../../facts/fact.js';
import { storeConnection } from '../../facts/store-connection.js';
import type { Program } from '../../link/program.js';
import { entry, items, text, type Value } from '../../link/value.js';
import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import { alternatives, reasonFor } from '../alternatives.js';
import { purposeOf } from './cache-use.js';
import { hostOf, isLoopback } from './network-place.js';
import { settingOf } from './default-settings.js';
import { settingsOf } from './settings.js';

/** Settings of queues, channels and results; what waits there is nowhere else. */
const ORIGINALS = [
  'CELERY_BROKER_URL',
  'BROKER_URL',
  'CELERY_RESULT_BACKEND',
  'CHANNEL_LAYERS',
  'RQ_QUEUES',
  'Q_CLUSTER',
  'HUEY',
  'DRAMATIQ_BROKER',
];
const STORE = /^(?:rediss?|valkeys?):\/\//i;
const DEEPEST = 8;

/** Stores in memory that settings name: caches by what is kept in them, queues and channels. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  const caches = settingOf(settings, 'CACHES');
  for (const possible of caches === undefined ? [] : (alternatives(caches) ?? [])) {
    if (possible.kind !== 'dict') continue;
    for (const { key, value } of possible.entries.values()) {
      const name = text(key);
      const location = entry(value, 'LOCATION');
      const backEnd = text(entry(value, 'BACKEND')) ?? '';
      if (name === undefined || location === undefined || !/redis|memcache|valkey|cachalot|cacheops/i.test(backEnd))
        continue;
      const { purpose } = purposeOf(program, name);
      const keeps =
        purpose === 'general' || purpose === 'unused'
          ? 'copies'
          : typeof purpose === 'string'
            ? 'originals'
            : unknown<'copies' | 'originals'>(purpose.unknown);
      const setting = `CACHES["${name}"]["LOCATION"]`;
      yield* stated(hostsOf(location, setting), setting, keeps, maximumOf(value));
    }
  }
  for (const name of ORIGINALS) {
    const value = settings.get(name);
    if (value === undefined) continue;
    yield* stated(namedIn(value, name), name, 'originals', undefined);
  }
}

interface Named {
  readonly host: Maybe<string>;
  readonly location: Location;
}

function* stated(
  hosts: readonly Named[],
  name: string,
  keeps: Maybe<'copies' | 'originals'>,
  poolMaximum: number | undefined,
): Iterable<Stated> {
  const seen = new Set<unknown>();
  for (const { host, location } of hosts) {
    // Of what listens on the own machine its state tells.
    if (seen.has(host) || (!isUnknown(host) && isLoopback(host))) continue;
    seen.add(host);
    yield state(storeConnection, location, {
      name,
      host,
      keeps,
      said: 'code',
      ...(poolMaximum === undefined ? {} : { poolMaximum }),
    });
  }
}

/** One server, or several behind each other; a variable that nothing sets leads somewhere that is not known. */
function hostsOf(value: Value, setting: string, depth = 0): Named[] {
  const [location] = value.origin.locations;
  if (depth > DEEPEST || location === undefined) return [];
  const all = items(value);
  if (all !== undefined) return all.slice(0, 20).flatMap((one) => hostsOf(one, setting, depth + 1));
  const possible = alternatives(value);
  if (possible === undefined) return [{ host: unknown(reasonFor(value, setting)), location }];
  return possible.flatMap((one): Named[] => {
    const written = text(one);
    if (written === undefined) return [];
    const { host } = hostOf(written);
    return host === '' || host.startsWith('/') || host === 'unix:' ? [] : [{ host, location }];
  });
}

/** Servers anywhere in a setting: as URL, as `("redis", 6379)`, under HOST. */
function namedIn(value: Value, setting: string, depth = 0): Named[] {
  if (depth > DEEPEST) return [];
  const [location] = value.origin.locations;
  if (value.kind === 'dict') {
    return [...value.entries.values()].slice(0, 100).flatMap(({ key, value: inner }): Named[] => {
      const written = text(inner);
      const [at] = inner.origin.locations;
      if (/^host$/i.test(text(key) ?? '') && written !== undefined && at !== undefined && !STORE.test(written))
        return [{ host: written, location: at }];
      return namedIn(inner, setting, depth + 1);
    });
  }
  const all = items(value);
  if (all !== undefined) {
    const host = text(all[0]);
    if (all.length === 2 && all[1]?.kind === 'int' && host !== undefined && location !== undefined)
      return [{ host, location }];
    return all.slice(0, 20).flatMap((one) => namedIn(one, setting, depth + 1));
  }
  const possible = alternatives(value) ?? [];
  if (possible.length === 0 && location !== undefined && /REDIS|BROKER|CELERY/i.test(value.origin.variables.join(' ')))
    return [{ host: unknown(reasonFor(value, setting)), location }];
  return possible.filter((one) => STORE.test(text(one) ?? '')).flatMap((one) => hostsOf(one, setting, depth + 1));
}

/** https://github.com/jazzband/django-redis#configure-the-connection-pool and Django's own back end */
function maximumOf(alias: Value): number | undefined {
  const options = entry(alias, 'OPTIONS');
  for (const value of [
    entry(entry(options, 'CONNECTION_POOL_KWARGS'), 'max_connections'),
    entry(options, 'max_connections'),
  ])
    if (value?.kind === 'int') return Number(value.value);
  return undefined;
}
