import type { BinaryOperator } from '../../parse/python/ast.js';
import { externalValue, floatValue, intValue } from './values.js';
import type { ExternalValue, Origin, Value } from '../value.js';

const UNITS: readonly (readonly [string, number])[] = [
  ['days', 86_400],
  ['seconds', 1],
  ['microseconds', 1e-6],
  ['milliseconds', 1e-3],
  ['minutes', 60],
  ['hours', 3600],
  ['weeks', 604_800],
];

export function isDuration(value: Value): value is ExternalValue {
  return value.kind === 'external' && value.name === 'datetime.timedelta' && value.call !== undefined;
}

/** The length of a `datetime.timedelta` in seconds; undefined where a part is not known. */
export function secondsOf(value: Value): number | undefined {
  if (!isDuration(value) || value.call === undefined) return undefined;
  let total = 0;
  const add = (part: Value | undefined, unit: number): boolean => {
    if (part === undefined) return true;
    if (part.kind !== 'int' && part.kind !== 'float') return false;
    total += Number(part.value) * unit;
    return true;
  };
  for (const [i, [name, unit]] of UNITS.entries())
    if (!add(value.call.args[i], unit) || !add(value.call.keywords.get(name), unit)) return undefined;
  return Math.round(total * 1e6) / 1e6;
}

export function durationOf(seconds: number, origin: Origin): Value {
  const number: Value = Number.isInteger(seconds) ? intValue(seconds) : floatValue(seconds);
  return externalValue('datetime.timedelta', origin, { args: [], keywords: new Map([['seconds', number]]) });
}

export function addDurations(op: BinaryOperator, a: Value, b: Value, origin: Origin): Value | undefined {
  const x = secondsOf(a);
  const y = secondsOf(b);
  const number = (value: Value): number | undefined =>
    value.kind === 'int' || value.kind === 'float' ? Number(value.value) : undefined;
  if (x !== undefined && y !== undefined) {
    if (op === '+') return durationOf(x + y, origin);
    if (op === '-') return durationOf(x - y, origin);
    if (op === '/' && y !== 0) return floatValue(x / y, origin);
    return undefined;
  }
  const factor = x === undefined ? number(a) : number(b);
  const length = x ?? y;
  if (factor === undefined || length === undefined) return undefined;
  if (op === '*') return durationOf(length * factor, origin);
  return op === '/' && x !== undefined && factor !== 0 ? durationOf(length / factor, origin) : undefined;
}
