import { edgeCaches } from '../edge-behavior.js';
import type { FromDocuments } from '../technology.js';
import { distributionsOf, WORDS } from './cdn.js';
import { templatesOf } from './template.js';

export const fromDocuments: FromDocuments = (documents) =>
  templatesOf(documents)
    .flatMap(distributionsOf)
    .flatMap(({ behaviors }) => [...edgeCaches(behaviors, WORDS)]);
