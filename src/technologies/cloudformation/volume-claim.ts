import { claimsOf } from '../deployed-unit.js';
import type { FromDocuments } from '../technology.js';
import { unitsOf } from './units.js';

export const fromDocuments: FromDocuments = (documents) => claimsOf(unitsOf(documents));
