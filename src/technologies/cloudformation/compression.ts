import { edgeCompression } from '../edge-behavior.js';
import type { FromDocuments } from '../technology.js';
import { distributionsOf, WORDS } from './cdn.js';
import { templatesOf } from './template.js';

export const fromDocuments: FromDocuments = (documents) =>
  templatesOf(documents)
    .flatMap(distributionsOf)
    .flatMap(({ name, behaviors, hasPages }) => [...edgeCompression(name, behaviors, hasPages, WORDS)]);
