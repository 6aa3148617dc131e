import { type Interpreter, fail } from './interpreter.js';
import type { Value } from '../value.js';
import type { Location } from '../../location.js';
import { truth } from './truth.js';
import { boolValue, derived, unknownValue, externalValue, strValue, floatValue, intValue } from './values.js';
import { spread } from './spread.js';
import { numeric } from './numeric.js';

export function unary(py: Interpreter, op: '-' | '+' | '~' | 'not', value: Value, at: Location): Value {
  if (op === 'not') {
    const known = truth(value);
    if (known !== undefined) return boolValue(!known, derived(at, value));
    return unknownValue(
      value.kind === 'unknown' ? value.reason : 'whether the value is true is not known',
      derived(at, value),
      [boolValue(true), boolValue(false)],
    );
  }
  const open = spread(at, [value], ([one = value]) => unary(py, op, one, at));
  if (open !== undefined) return open;
  const number = numeric(value);
  const origin = derived(at, value);
  if (number === undefined) {
    if (value.kind === 'external')
      return externalValue('operator', origin, { args: [strValue(op), value], keywords: new Map() });
    return fail(py, 'TypeError', `${op} does not work on ${value.kind}`, at, value);
  }
  const signed = op === '-' ? -number : op === '~' ? (typeof number === 'bigint' ? ~number : -number - 1) : number;
  return value.kind === 'float' ? floatValue(Number(signed), origin) : intValue(signed, origin);
}
