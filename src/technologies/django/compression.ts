import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { items, text } from '../../link/value.js';
import { chosenBy } from './doubt.js';
import { settingsOf } from './settings.js';

/** GZipMiddleware compresses every response of 200 bytes or more. Its absence says nothing: a proxy may compress. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  for (const item of items(settings?.get('MIDDLEWARE')) ?? []) {
    if (settings === undefined || text(item) !== 'django.middleware.gzip.GZipMiddleware') continue;
    yield state(
      compression,
      item.origin.locations[0] ?? settings.placeOf('MIDDLEWARE'),
      { layer: 'application', enabled: true, types: 'text', where: 'GZipMiddleware', remedy: '' },
      chosenBy(settings),
    );
    return;
  }
}
