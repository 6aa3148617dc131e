import { workloadsOf } from '../deployed-unit.js';
import type { FromDocument } from '../technology.js';
import { unitsOf } from './units.js';

export const fromDocument: FromDocument = (document) => unitsOf(document).flatMap((unit) => [...workloadsOf(unit)]);
