import type { Location } from '../../location.js';
import { BUILTIN_TYPES } from './builtin-types.js';
import { exceptionClasses } from './exceptions.js';
import { nativeFunction, type Native } from './models.js';
import { boolValue, derived, dictValue, externalValue } from './values.js';
import type { Value } from '../value.js';
import { ITERATION_FUNCTIONS } from './iteration-functions.js';
import { OBJECT_FUNCTIONS } from './object-functions.js';
import { NUMBER_FUNCTIONS } from './number-functions.js';
import { PROGRAM_FUNCTIONS } from './program-functions.js';

const FUNCTIONS: Readonly<Record<string, Native>> = {
  ...ITERATION_FUNCTIONS,
  ...OBJECT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...PROGRAM_FUNCTIONS,
};

/** Everything that Python knows without an import. */
export function createBuiltins(place: Location): ReadonlyMap<string, Value> {
  const all = new Map<string, Value>();
  for (const [name, run] of Object.entries(FUNCTIONS)) all.set(name, nativeFunction(name, run));
  for (const [name, type] of BUILTIN_TYPES) all.set(name, type);
  for (const [name, type] of exceptionClasses()) all.set(name, type);
  all.set('NotImplemented', externalValue('builtins.NotImplemented'));
  all.set('Ellipsis', externalValue('builtins.Ellipsis'));
  all.set('__debug__', boolValue(true, derived(place)));
  all.set('__builtins__', dictValue([]));
  return all;
}
