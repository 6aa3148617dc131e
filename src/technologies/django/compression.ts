import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { items, text } from '../../link/value.js';
import { chosenBy } from './doubt.js';
import { lineageOf } from './lineage.js';
import { settingsOf } from './settings.js';

/** Middlewares that compress text, each by its documentation. */
const COMPRESSING: ReadonlySet<string> = new Set([
  'django.middleware.gzip.GZipMiddleware',
  'compression_middleware.middleware.CompressionMiddleware',
  'django_brotli.middleware.BrotliMiddleware',
  'django_zstd.middleware.ZStdMiddleware',
]);

/** GZipMiddleware compresses every response of 200 bytes or more. Its absence says nothing: a proxy may compress. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  for (const item of items(settings?.get('MIDDLEWARE') ?? settings?.get('MIDDLEWARE_CLASSES')) ?? []) {
    const name = text(item);
    if (settings === undefined || name === undefined) continue;
    if (lineageOf(program, name, (known) => (COMPRESSING.has(known) ? true : undefined)) === undefined) continue;
    yield state(
      compression,
      item.origin.locations[0] ?? settings.placeOf('MIDDLEWARE'),
      { layer: 'application', enabled: true, types: 'text', where: name.slice(name.lastIndexOf('.') + 1), remedy: '' },
      chosenBy(settings),
    );
    return;
  }
}
