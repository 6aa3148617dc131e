import type { Location } from '../../location.js';
import { LIMITS, charge, fail, type Interpreter } from './interpreter.js';
import { mayBeAbsent, touch } from './journal.js';
import { toRepr } from './format.js';
import { changed } from './changed.js';
import { spread } from './spread.js';
import {
  bytesValue,
  dependingOn,
  derived,
  externalValue,
  intValue,
  sequenceValue,
  setAt,
  strValue,
  unknownValue,
} from './values.js';
import { firstKnown, isKnownIndex, isOpen, lastKnown } from './rest.js';
import { keyOf, type SequenceValue, type Value } from '../value.js';

export interface SliceOf {
  readonly lower: Value | undefined;
  readonly upper: Value | undefined;
  readonly step: Value | undefined;
}

/** `value[key]` */
export function getItem(py: Interpreter, value: Value, key: Value, at: Location): Value {
  charge(py);
  if (value.kind === 'dict') return dictItem(py, value, key, at);
  const open = spread(at, [value, key], ([one = value, by = key]) => getItem(py, one, by, at));
  if (open !== undefined) return open;
  const origin = derived(at, value, key);
  switch (value.kind) {
    case 'list':
    case 'tuple': {
      const index = key.kind === 'int' || key.kind === 'bool' ? Number(key.value) : undefined;
      if (index === undefined) return fail(py, 'TypeError', 'the index is no number', at, value, key);
      if (!isKnownIndex(value, index)) return unknownValue('which item stands at the index is not known', origin);
      const item = value.items.at(index);
      return item === undefined || index < -value.items.length
        ? fail(py, 'IndexError', `index ${index} is out of range`, at, value, key)
        : dependingOn(item, key.origin.variables);
    }
    case 'str': {
      const index = key.kind === 'int' ? Number(key.value) : undefined;
      const char = index === undefined ? undefined : Array.from(value.value).at(index);
      return char === undefined
        ? fail(py, 'IndexError', 'index is out of range', at, value, key)
        : strValue(char, origin);
    }
    case 'bytes': {
      const char = key.kind === 'int' ? value.value.at(Number(key.value)) : undefined;
      return char === undefined
        ? fail(py, 'IndexError', 'index is out of range', at, value, key)
        : intValue(char.charCodeAt(0), origin);
    }
    case 'external':
      return externalValue(`${value.name}${value.call === undefined ? '' : '()'}[]`, origin);
    case 'instance': {
      if (value.class.attributes.has('__getitem__'))
        return py.call(py.attribute(value, '__getitem__', at), { positional: [key], keywords: new Map(), at });
      return unknownValue('the item of an object is not known', origin);
    }
    case 'class': {
      const member =
        key.kind === 'str' && value.attributes.has('#members') ? value.attributes.get(key.value) : undefined;
      // `Generic[T]` and its like are the class itself.
      return member ?? value;
    }
    default:
      return fail(py, 'TypeError', `${value.kind} has no items`, at, value, key);
  }
}

function dictItem(py: Interpreter, value: Value & { kind: 'dict' }, key: Value, at: Location): Value {
  if (key.kind === 'unknown') {
    const open = spread(at, [key], ([by = key]) => getItem(py, value, by, at));
    return open ?? unknownValue(key.reason, derived(at, key));
  }
  const spelling = keyOf(key);
  if (spelling === undefined) return unknownValue('the key is not known', derived(at, value, key));
  const found = value.entries.get(spelling)?.value;
  if (found !== undefined) {
    const item = dependingOn(found, key.origin.variables);
    return item.kind === 'unknown' && mayBeAbsent(item) ? { ...item, absent: false } : item;
  }
  if (value === py.environ && key.kind === 'str') return missingVariable(py, key.value, at);
  const fallback = (value as { missing?: Value }).missing;
  if (fallback !== undefined) {
    const made = py.call(fallback, { positional: [], keywords: new Map(), at });
    setItem(py, value, key, made, at);
    return made;
  }
  return fail(py, 'KeyError', `key ${toRepr(key) ?? ''} is not in the dictionary`, at, key, {
    ...key,
    origin: value.origin,
  });
}

/** A variable that the code cannot do without and that nothing in the repository sets. */
export function missingVariable(py: Interpreter, name: string, at: Location): Value {
  const key = strValue(name, { locations: [at], variables: [name] });
  return fail(py, 'KeyError', `environment variable ${name} is required and set nowhere in the repository`, at, key);
}

/** Whether a dictionary is the namespace of a module, which `globals()` gives. */
export function isNamespace(value: Value): boolean {
  return value.kind === 'dict' && value.entries.has('s__name__') && value.entries.has('s__file__');
}

/** `value[key] = item` */
export function setItem(py: Interpreter, value: Value, key: Value, item: Value, at: Location): void {
  charge(py);
  const control = py.frame?.control ?? [];
  switch (value.kind) {
    case 'dict': {
      const spelling = keyOf(key);
      touch(py, value);
      if (spelling === undefined) {
        const reason = key.kind === 'unknown' ? key.reason : 'a key is not known';
        const doubt = unknownValue(`${reason}; an entry under an unknown key was set`, derived(at, value, key));
        // A name that is not known was set in a module: any other name may be it.
        if (isNamespace(value)) value.entries.set('s*', { key: strValue('*'), value: doubt });
        else Object.assign(value, doubt);
        return;
      }
      if (value.entries.size >= LIMITS.items) return;
      value.entries.set(spelling, { key: value.entries.get(spelling)?.key ?? key, value: setAt(item, at, control) });
      changed(value, at);
      return;
    }
    case 'list': {
      touch(py, value);
      const index = key.kind === 'int' ? Number(key.value) : undefined;
      if (
        index === undefined ||
        index >= value.items.length ||
        index < -value.items.length ||
        !isKnownIndex(value, index)
      ) {
        Object.assign(value, unknownValue('an item at an unknown place was set', derived(at, value, key)));
        return;
      }
      value.items[index < 0 ? index + value.items.length : index] = setAt(item, at, control);
      changed(value, at);
      return;
    }
    case 'instance':
      if (value.class.attributes.has('__setitem__'))
        py.call(py.attribute(value, '__setitem__', at), { positional: [key, item], keywords: new Map(), at });
      return;
    case 'unknown':
      value.candidates?.forEach((candidate) => {
        setItem(py, candidate, key, item, at);
      });
      return;
    default:
  }
}

/** `del value[key]` */
export function deleteItem(py: Interpreter, value: Value, key: Value, at: Location): void {
  charge(py);
  if (value.kind === 'dict') {
    const spelling = keyOf(key);
    if (spelling !== undefined && !value.entries.has(spelling))
      fail(py, 'KeyError', `key ${toRepr(key) ?? ''} is not in the dictionary`, at, key);
    touch(py, value);
    if (spelling === undefined)
      Object.assign(value, unknownValue('an unknown key was removed', derived(at, value, key)));
    else value.entries.delete(spelling);
    changed(value, at);
  } else if (value.kind === 'list') {
    touch(py, value);
    const index = key.kind === 'int' ? Number(key.value) : undefined;
    if (index === undefined || !isKnownIndex(value, index))
      Object.assign(value, unknownValue('an unknown item was removed', derived(at, value, key)));
    else value.items.splice(index, 1);
    changed(value, at);
  } else if (value.kind === 'unknown')
    value.candidates?.forEach((one) => {
      deleteItem(py, one, key, at);
    });
}

/** Start, stop and step of a slice over `length` items, as Python clamps them; undefined where a part is not known. */
export function sliceRange(slice: SliceOf, length: number): readonly number[] | undefined {
  const number = (value: Value | undefined): number | undefined | 'open' =>
    value === undefined || value.kind === 'none' ? undefined : value.kind === 'int' ? Number(value.value) : 'open';
  const [from, to, by] = [number(slice.lower), number(slice.upper), number(slice.step)];
  if (from === 'open' || to === 'open' || by === 'open' || by === 0) return undefined;
  const step = by ?? 1;
  const clamp = (value: number | undefined, fallback: number): number => {
    if (value === undefined) return fallback;
    const positive = value < 0 ? value + length : value;
    return step > 0 ? Math.min(Math.max(positive, 0), length) : Math.min(Math.max(positive, -1), length - 1);
  };
  const start = clamp(from, step > 0 ? 0 : length - 1);
  const stop = clamp(to, step > 0 ? length : -1);
  const indices: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) indices.push(i);
  return indices;
}

/** The same over a list, where it is known which of its items are meant. */
function knownRange(slice: SliceOf, list: SequenceValue): readonly number[] | undefined {
  if (!isOpen(list)) return sliceRange(slice, list.items.length);
  const bound = (value: Value | undefined): number | undefined =>
    value === undefined || value.kind === 'none' ? undefined : value.kind === 'int' ? Number(value.value) : NaN;
  const [from, to, step] = [bound(slice.lower), bound(slice.upper), bound(slice.step)];
  const sure = (value: number | undefined): boolean =>
    value === undefined || (value >= 0 ? value <= firstKnown(list) : -value <= lastKnown(list));
  return sure(from) && sure(to) && (step === undefined || step === 1)
    ? sliceRange(slice, list.items.length)
    : undefined;
}

/** `value[lower:upper:step]` */
export function getSlice(py: Interpreter, value: Value, slice: SliceOf, at: Location): Value {
  const parts = [value, slice.lower, slice.upper, slice.step].filter((part) => part !== undefined);
  const origin = derived(at, ...parts);
  const open = parts.find((part) => part.kind === 'unknown');
  if (open?.kind === 'unknown')
    return (
      (value === open ? spread(at, [value], ([one = value]) => getSlice(py, one, slice, at)) : undefined) ??
      unknownValue(open.reason, origin)
    );
  if (value.kind === 'list' || value.kind === 'tuple') {
    charge(py, value.items.length);
    const { items } = value;
    const indices = knownRange(slice, value);
    if (indices !== undefined)
      return sequenceValue(
        value.kind,
        indices.flatMap((i) => items[i] ?? []),
        origin,
      );
  }
  if (value.kind === 'str' || value.kind === 'bytes') {
    charge(py, value.value.length >> 4);
    const chars = value.kind === 'str' && /[\ud800-\udfff]/.test(value.value) ? Array.from(value.value) : value.value;
    const indices = sliceRange(slice, chars.length);
    if (indices !== undefined) {
      const text = indices.map((i) => chars[i] ?? '').join('');
      return value.kind === 'str' ? strValue(text, origin) : bytesValue(text, origin);
    }
  }
  if (value.kind === 'external') return externalValue(`${value.name}[:]`, origin);
  return unknownValue('the slice is not known', origin);
}

/** `value[lower:upper] = items` on a list. */
export function setSlice(
  py: Interpreter,
  value: Value,
  slice: SliceOf,
  items: readonly Value[] | undefined,
  at: Location,
): void {
  if (value.kind !== 'list') return;
  touch(py, value);
  const indices = knownRange(slice, value);
  const start =
    slice.lower === undefined
      ? 0
      : (indices?.[0] ?? (slice.lower.kind === 'int' ? Number(slice.lower.value) : undefined));
  if (
    indices === undefined ||
    items === undefined ||
    start === undefined ||
    (slice.step !== undefined && slice.step.kind !== 'none')
  ) {
    Object.assign(value, unknownValue('a slice that is not known was set', derived(at, value)));
    return;
  }
  charge(py, items.length);
  value.items.splice(start, indices.length, ...items);
  changed(value, at);
}
