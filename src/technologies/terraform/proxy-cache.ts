import { edgeCaches } from '../edge-behavior.js';
import type { FromDocuments } from '../technology.js';
import { distributionsOf, WORDS } from './cdn.js';
import { resourcesOf } from './resources.js';

export const fromDocuments: FromDocuments = (documents, inventory) =>
  distributionsOf(resourcesOf(documents, inventory)).flatMap(({ behaviors }) => [...edgeCaches(behaviors, WORDS)]);
