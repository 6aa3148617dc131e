import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { runtimeOfImage, type TaggedImages } from '../product-runtime.js';
import { technology } from './index.js';
import { MEMCACHED, REDIS, VALKEY } from './releases.js';

/** Redis Stack and the others number their images by themselves. */
const IMAGES: readonly TaggedImages[] = [
  { releases: REDIS, names: /^redis$/, makers: /./ },
  { releases: VALKEY, names: /^valkey$/, makers: /./ },
  { releases: MEMCACHED, names: /^memcached$/, makers: /^(?:bitnami|bitnamilegacy)$/ },
];

/** `redis:7.2-alpine`, `valkey/valkey:8`. */
export function* fromProgram(program: Program): Iterable<Stated> {
  yield* runtimeOfImage(program, technology, IMAGES);
}
