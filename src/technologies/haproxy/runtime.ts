import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { runtimeOfImage, type TaggedImages } from '../product-runtime.js';
import { technology } from './index.js';
import { HAPROXY } from './releases.js';

const IMAGES: readonly TaggedImages[] = [
  {
    releases: HAPROXY,
    names: /^haproxy(?:-alpine|-debian|-ubuntu)?$/,
    makers: /^(?:haproxytech|bitnami|bitnamilegacy)$/,
  },
];

/** `haproxy:2.9.15`, `haproxytech/haproxy-alpine:2.4`. */
export function* fromProgram(program: Program): Iterable<Stated> {
  yield* runtimeOfImage(program, technology, IMAGES);
}
