import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { runtimeOfImage, type TaggedImages } from '../product-runtime.js';
import { technology } from './index.js';
import { NGINX } from './releases.js';

const IMAGES: readonly TaggedImages[] = [
  { releases: NGINX, names: /^nginx(?:-unprivileged)?$/, makers: /^(?:nginx|nginxinc|bitnami|bitnamilegacy)$/ },
];

/** `nginx:1.27-alpine`; `stable` and `mainline` are what they are on the day of the build. */
export function* fromProgram(program: Program): Iterable<Stated> {
  yield* runtimeOfImage(program, technology, IMAGES);
}
