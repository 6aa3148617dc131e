import { edgeCompression } from '../edge-behavior.js';
import type { FromDocuments } from '../technology.js';
import { distributionsOf, WORDS } from './cdn.js';
import { compressionOf } from './edge-services.js';
import { resourcesOf } from './resources.js';

export const fromDocuments: FromDocuments = function* (documents, inventory) {
  const all = resourcesOf(documents, inventory);
  for (const { name, behaviors, hasPages } of distributionsOf(all))
    yield* edgeCompression(name, behaviors, hasPages, WORDS);
  yield* compressionOf(all);
};
