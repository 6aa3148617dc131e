import { environmentOf } from '../deployed-unit.js';
import type { FromDocument } from '../technology.js';
import { unitsOf } from './units.js';

export const fromDocument: FromDocument = (document) => unitsOf(document).flatMap((unit) => [...environmentOf(unit)]);
