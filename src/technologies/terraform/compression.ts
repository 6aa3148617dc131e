import { edgeCompression } from '../edge-behavior.js';
import type { FromDocuments } from '../technology.js';
import { distributionsOf, WORDS } from './cdn.js';
import { resourcesOf } from './resources.js';

export const fromDocuments: FromDocuments = (documents, inventory) =>
  distributionsOf(resourcesOf(documents, inventory)).flatMap(({ name, behaviors, hasPages }) => [
    ...edgeCompression(name, behaviors, hasPages, WORDS),
  ]);
