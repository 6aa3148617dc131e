import { unknown } from '../../location.js';
import { cache } from '../../facts/cache.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { reasonFor } from '../alternatives.js';
import { isToldByLimits, purposeOf } from './cache-use.js';
import { cachesOf } from './caches.js';
import { cacheRemedy } from './remedies.js';
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
    if (!alias.explicit && (purpose === 'unused' || isToldByLimits(program, alias.name))) continue;
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
        remedy: alias.scope === 'cluster' ? '' : cacheRemedy(program, settings, alias),
        ...(alias.path === undefined ? {} : { path: alias.path }),
      },
      [...chosenBy(settings), ...evidence, ...alias.evidence],
    );
  }
}
