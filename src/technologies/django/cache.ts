import { unknown } from '../../location.js';
import { cache } from '../../facts/cache.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { reasonFor } from '../alternatives.js';
import { purposeOf } from './cache-use.js';
import { cachesOf, type CacheAlias } from './caches.js';
import { REDIS_URL, redisBackEnd, setVariable } from './remedies.js';
import { chosenBy, doubted } from './doubt.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** One fact per alias of CACHES. A cache that keeps nothing is none, and Django's default matters only where it is used. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, caches(program, settings));
}

function* caches(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const aliases = cachesOf(program);
  if (aliases === undefined) {
    const value = settings.get('CACHES');
    const reason = reasonFor(value, 'CACHES');
    const { purpose, evidence } = purposeOf(program, 'default');
    yield state(
      cache,
      value?.origin.locations[0] ?? settings.placeOf('CACHES'),
      {
        name: 'default',
        store: unknown(reason),
        scope: unknown(reason),
        purpose,
        explicit: true,
        setting: 'CACHES',
        remedy: '',
      },
      [...chosenBy(settings), ...evidence],
    );
    return;
  }
  for (const alias of aliases) {
    if (alias.empty) continue;
    const { purpose, evidence } = purposeOf(program, alias.name);
    if (purpose === 'unused' && !alias.explicit) continue;
    yield state(
      cache,
      alias.location,
      {
        name: alias.name,
        store: alias.store,
        scope: alias.scope,
        purpose,
        explicit: alias.explicit,
        setting: alias.explicit ? `CACHES["${alias.name}"]["BACKEND"]` : 'CACHES',
        remedy: alias.scope === 'cluster' ? '' : remedyFor(program, settings, alias),
        ...(alias.path === undefined ? {} : { path: alias.path }),
      },
      [...chosenBy(settings), ...evidence, ...alias.evidence],
    );
  }
}

function remedyFor(program: Program, settings: DjangoSettings, alias: CacheAlias): string {
  const backEnd = redisBackEnd(settings);
  const outside = setVariable(program, settings, { name: 'CACHES', key: alias.name }, alias.location, alias.variables, {
    url: REDIS_URL,
    backEnd,
  });
  if (outside !== undefined) return outside;
  const options = `"BACKEND": "${backEnd}", "LOCATION": "${REDIS_URL}"`;
  return alias.explicit ? options : `CACHES = {"${alias.name}": {${options}}}`;
}
