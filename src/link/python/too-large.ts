import type { Location } from '../../location.js';
import type { Value, UnknownValue } from '../value.js';
import { unknownValue, derived } from './values.js';

export function tooLarge(at: Location, ...from: readonly Value[]): UnknownValue {
  return unknownValue('the value is too large to be followed', derived(at, ...from));
}
