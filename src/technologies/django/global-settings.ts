import type { Dependency } from '../../link/program.js';
import {
  boolValue,
  floatValue,
  intValue,
  listValue,
  noneValue,
  recordValue,
  strValue,
} from '../../link/python/values.js';
import type { Value } from '../../link/value.js';
import { djangoVersionOf } from './version.js';
import { defaultsOf, type Plain } from './defaults.js';

/** Django's defaults as values that a settings module can build on. */
export function globalSettings(dependencies: readonly Dependency[]): [string, Value][] {
  return Object.entries(defaultsOf(djangoVersionOf(dependencies))).map(([name, { value }]) => [name, asValue(value)]);
}

export function asValue(plain: Plain): Value {
  if (plain === null) return noneValue();
  if (typeof plain === 'string') return strValue(plain);
  if (typeof plain === 'boolean') return boolValue(plain);
  if (typeof plain === 'number') return Number.isInteger(plain) ? intValue(plain) : floatValue(plain);
  if (Array.isArray(plain)) return listValue(plain.map(asValue));
  return recordValue(Object.entries(plain).map(([key, value]) => [key, asValue(value)]));
}
