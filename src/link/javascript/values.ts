import type { Location } from '../../location.js';
import { derived, originAt, sameValue, unknownValue, variablesOf } from '../python/values.js';
import type { NoneValue, Origin, Value } from '../value.js';

const MOST_CANDIDATES = 8;

// `null` and `undefined` are the same kind of value; only comparisons tell them apart.
const nulls = new WeakSet<Value>();

export function markNull(value: NoneValue): NoneValue {
  nulls.add(value);
  return value;
}

export const isNull = (value: Value): boolean => nulls.has(value);

/** JavaScript's truth of a value; undefined where it is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
      return value.value !== 0 && value.value !== 0n;
    case 'float':
      return !Number.isNaN(value.value) && value.value !== 0;
    case 'str':
    case 'path':
      return value.value !== '';
    case 'list':
    case 'dict':
    case 'function':
      return true;
    case 'unknown':
      return agreed(value.candidates?.map(truthOf));
    default:
      return undefined;
  }
}

/** Whether it is null or undefined. */
export function isMissing(value: Value): boolean | undefined {
  if (value.kind === 'unknown') return agreed(value.candidates?.map(isMissing));
  return value.kind === 'external' ? undefined : value.kind === 'none';
}

function agreed(all: readonly (boolean | undefined)[] | undefined): boolean | undefined {
  const [first] = all ?? [];
  return all?.every((one) => one === first) === true ? first : undefined;
}

/** One of several values. */
export function combine(values: readonly Value[], at: Location | Origin): Value {
  const origin = 'uri' in at ? originAt(at) : at;
  const all: Value[] = [];
  let open: string | undefined;
  for (const value of values.flatMap((one) =>
    one.kind === 'unknown' && one.candidates !== undefined ? one.candidates : [one],
  )) {
    if (value.kind === 'unknown') open ??= value.reason;
    if (!all.some((other) => sameValue(other, value) && isNull(other) === isNull(value))) all.push(value);
  }
  const [first] = all;
  const variables = [...new Set(values.flatMap((value) => variablesOf(value)))].sort();
  if (first === undefined) return unknownValue('nothing tells', origin);
  if (all.length === 1 && values.length === 1) return values[0] ?? first;
  if (all.length === 1) return first;
  const whole = { locations: origin.locations, variables };
  if (open !== undefined) return unknownValue(open, whole);
  const [only] = values;
  const reason = values.length === 1 && only?.kind === 'unknown' ? only.reason : 'conditions that are not known decide';
  return unknownValue(reason, whole, all);
}

/** Works on known values; where some have candidates, on each of them. */
export function lift(values: readonly Value[], at: Location, make: (values: readonly Value[]) => Value): Value {
  const open = values.find((value) => value.kind === 'unknown' && value.candidates === undefined);
  if (open?.kind === 'unknown') return unknownValue(open.reason, derived(at, ...values));
  let combinations: Value[][] = [[]];
  for (const value of values) {
    const each = value.kind === 'unknown' ? (value.candidates ?? []) : [value];
    combinations = combinations.flatMap((before) => each.map((one) => [...before, one]));
    if (combinations.length > MOST_CANDIDATES) return unknownValue('it can be too many things', derived(at, ...values));
  }
  if (combinations.length === 1) return make(combinations[0] ?? []);
  const reason = values.find((value) => value.kind === 'unknown');
  const made = combine(combinations.map(make), derived(at, ...values));
  return made.kind === 'unknown' && made.candidates !== undefined && reason?.kind === 'unknown'
    ? { ...made, reason: reason.reason }
    : made;
}

/** What a value becomes inside a template; undefined where nobody can mean that. */
export function toText(value: Value): string | undefined {
  switch (value.kind) {
    case 'str':
    case 'path':
      return value.value;
    case 'int':
      return String(value.value);
    case 'float':
      return String(value.value);
    case 'bool':
      return String(value.value);
    case 'list': {
      const parts = value.items.map(toText);
      return parts.includes(undefined) ? undefined : parts.join(',');
    }
    default:
      return undefined;
  }
}

/** JavaScript's Number(x). */
export function toNumber(value: Value): number | undefined {
  switch (value.kind) {
    case 'none':
      return isNull(value) ? 0 : NaN;
    case 'bool':
      return value.value ? 1 : 0;
    case 'int':
    case 'float':
      return Number(value.value);
    case 'str':
      return Number(value.value);
    default:
      return undefined;
  }
}
