import { volumesOf } from '../deployed-unit.js';
import type { FromDocuments } from '../technology.js';
import { unitsOf } from './units.js';

export const fromDocuments: FromDocuments = (documents) => unitsOf(documents).flatMap((unit) => [...volumesOf(unit)]);
