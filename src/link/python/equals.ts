import { firstKnown, isOpen } from './rest.js';
import { type Value, type UnknownValue, keyOf } from '../value.js';
import { isThing } from './truth.js';
import { sameValue } from './values.js';
import { numeric } from './numeric.js';
import { isSet } from './is-set.js';
import { mayBeAbsent } from './journal.js';

export function isIdentical(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    const open = a.kind === 'unknown' ? a : (b as UnknownValue);
    const other = a.kind === 'unknown' ? b : a;
    // Nothing that is known to differ from None can become it.
    const outcomes = new Set(open.candidates?.map((one) => isIdentical(one, other)) ?? [undefined]);
    return outcomes.size === 1 ? [...outcomes][0] : undefined;
  }
  if (a.kind === 'external' || b.kind === 'external') {
    const [open, other] = a.kind === 'external' ? [a, b] : [b, a];
    if (other.kind === 'none' && open.kind === 'external') {
      if (open.call === undefined && isThing(open.name)) return false;
      return open.name === 'datetime.timedelta' || open.name === 'operator' ? false : undefined;
    }
    if (a.kind === 'external' && b.kind === 'external' && a.call === undefined && a.name === b.name) return true;
    return other.kind === 'external' ? undefined : false;
  }
  if (a.kind !== b.kind) return false;
  if (a.kind === 'none') return true;
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value;
  if (
    a.kind === 'list' ||
    a.kind === 'dict' ||
    a.kind === 'set' ||
    a.kind === 'instance' ||
    a.kind === 'class' ||
    a.kind === 'function'
  )
    return a === b;
  if (a.kind === 'int' && b.kind === 'int')
    return a.value === b.value && Number(a.value) >= -5 && Number(a.value) <= 256
      ? true
      : equals(a, b) === false
        ? false
        : undefined;
  return equals(a, b) === false ? false : a === b ? true : undefined;
}

/** Python's `==`; undefined where it is not known. */
export function equals(a: Value, b: Value, depth = 0): boolean | undefined {
  if (a === b && a.kind !== 'unknown' && a.kind !== 'float') return true;
  if (depth > 20) return undefined;
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    const open = a.kind === 'unknown' ? a : (b as UnknownValue);
    const other = a.kind === 'unknown' ? b : a;
    if (open.candidates === undefined || open.candidates.length === 0) return undefined;
    const outcomes = new Set(open.candidates.map((one) => equals(one, other, depth + 1)));
    return outcomes.size === 1 ? [...outcomes][0] : undefined;
  }
  if (a.kind === 'external' || b.kind === 'external') {
    if (a.kind === 'external' && b.kind === 'external')
      return sameValue(a, b) && a.call === undefined ? true : undefined;
    const open = a.kind === 'external' ? a : b;
    const other = a.kind === 'external' ? b : a;
    return open.kind === 'external' && open.call === undefined && isThing(open.name) && other.kind !== 'instance'
      ? false
      : undefined;
  }
  if (a.kind === 'instance' || b.kind === 'instance') return sameMember(a, b, depth);
  const x = numeric(a);
  const y = numeric(b);
  // Loose on purpose: 1 == 1n and 1 == 1.0, as in Python.

  if (x !== undefined && y !== undefined) return x == y;
  if (isSet(a) && isSet(b)) {
    const keys = a.items.map((one) => keyOf(one));
    const others = new Set(b.items.map((one) => keyOf(one)));
    if (keys.includes(undefined) || others.has(undefined)) return undefined;
    return keys.length === others.size && keys.every((key) => others.has(key));
  }
  if (a.kind !== b.kind) return false;
  if ('items' in a && 'items' in b) {
    if (isOpen(a) || isOpen(b)) {
      const sure = Math.min(firstKnown(a), firstKnown(b));
      const pairs = a.items.slice(0, sure).map((item, i) => [item, b.items[i] ?? item] as const);
      return every(pairs, depth) === false ? false : undefined;
    }
    if (a.items.length !== b.items.length) return false;
    return every(
      a.items.map((item, i) => [item, b.items[i] ?? item] as const),
      depth,
    );
  }
  if (a.kind === 'dict' && b.kind === 'dict') {
    if (a.entries.size !== b.entries.size)
      return [...a.entries.values(), ...b.entries.values()].some((one) => mayBeAbsent(one.value)) ? undefined : false;
    const pairs: (readonly [Value, Value])[] = [];
    for (const [key, { value }] of a.entries) {
      const other = b.entries.get(key);
      if (other === undefined) return mayBeAbsent(value) ? undefined : false;
      pairs.push([value, other.value]);
    }
    return every(pairs, depth);
  }
  if ('value' in a && 'value' in b) return a.value === b.value;
  if (a.kind === 'none') return true;
  return a === b;
}

function every(pairs: readonly (readonly [Value, Value])[], depth: number): boolean | undefined {
  let outcome: boolean | undefined = true;
  for (const [x, y] of pairs) {
    const one = equals(x, y, depth + 1);
    if (one === false) return false;
    if (one === undefined) outcome = undefined;
  }
  return outcome;
}

/** Members of enumerations; of other objects their classes would have to say it. */
function sameMember(a: Value, b: Value, depth: number): boolean | undefined {
  const member = (value: Value): Value | undefined =>
    value.kind === 'instance' && value.class.attributes.has('#members') ? value.attributes.get('value') : undefined;
  const [x, y] = [member(a), member(b)];
  if (x !== undefined && y !== undefined && a.kind === 'instance' && b.kind === 'instance' && a.class === b.class)
    return equals(x, y, depth + 1);
  const [own, other] = x === undefined ? [b, a] : [a, b];
  const value = x ?? y;
  if (value === undefined || own.kind !== 'instance' || (x !== undefined && y !== undefined)) return undefined;
  // Only members that are texts or numbers themselves are equal to such.
  const mixed = own.class.bases.some(
    (base) =>
      (base.kind === 'class' && /^builtins\.(?:str|int|float)$/.test(base.qualifiedName)) ||
      (base.kind === 'external' && /^enum\.(?:Str|Int)Enum$/.test(base.name)),
  );
  const plain = own.class.bases.every((base) => base.kind === 'external' && base.name === 'enum.Enum');
  return mixed ? equals(value, other, depth + 1) : plain && other.kind !== 'instance' ? false : undefined;
}
