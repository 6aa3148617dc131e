import { probesOf } from '../deployed-unit.js';
import type { FromDocuments } from '../technology.js';
import { unitsOf } from './units.js';

export const fromDocuments: FromDocuments = (documents, inventory) =>
  unitsOf(documents, inventory).flatMap((unit) => [...probesOf(unit)]);
