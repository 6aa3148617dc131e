import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { runtimeOfImage, type TaggedImages } from '../product-runtime.js';
import { technology } from './index.js';
import { TRAEFIK } from './releases.js';

const IMAGES: readonly TaggedImages[] = [{ releases: TRAEFIK, names: /^traefik$/, makers: /^traefik$/ }];

/** `traefik:v2.11`, `traefik:3.4.1`. */
export function* fromProgram(program: Program): Iterable<Stated> {
  yield* runtimeOfImage(program, technology, IMAGES);
}
