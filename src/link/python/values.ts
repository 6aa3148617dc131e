import { compareLocations, type Location } from '../../location.js';
import {
  NOWHERE,
  keyOf,
  type BoolValue,
  type BytesValue,
  type DictValue,
  type ExternalValue,
  type FloatValue,
  type IntValue,
  type NoneValue,
  type Origin,
  type PathValue,
  type SequenceValue,
  type StrValue,
  type UnknownValue,
  type Value,
} from '../value.js';

/** Longer chains of places tell a reader nothing. */
const PLACES = 6;
const CANDIDATES = 8;

export const noneValue = (origin: Origin = NOWHERE): NoneValue => ({ kind: 'none', origin });
export const boolValue = (value: boolean, origin: Origin = NOWHERE): BoolValue => ({ kind: 'bool', value, origin });
export const strValue = (value: string, origin: Origin = NOWHERE): StrValue => ({ kind: 'str', value, origin });
export const bytesValue = (value: string, origin: Origin = NOWHERE): BytesValue => ({ kind: 'bytes', value, origin });
export const floatValue = (value: number, origin: Origin = NOWHERE): FloatValue => ({ kind: 'float', value, origin });
export const pathValue = (value: string, origin: Origin = NOWHERE): PathValue => ({ kind: 'path', value, origin });

/** Integers beyond what a double holds exactly are bigints, all others are not. */
export function intValue(value: number | bigint, origin: Origin = NOWHERE): IntValue {
  if (typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER)
    return { kind: 'int', value: Number(value), origin };
  return { kind: 'int', value: Object.is(value, -0) ? 0 : value, origin };
}

export function externalValue(name: string, origin: Origin = NOWHERE, call?: ExternalValue['call']): ExternalValue {
  return call === undefined ? { kind: 'external', name, origin } : { kind: 'external', name, origin, call };
}

export function unknownValue(reason: string, origin: Origin = NOWHERE, candidates?: readonly Value[]): UnknownValue {
  const short = reason.length > 400 ? `${reason.slice(0, 400)}...` : reason;
  if (candidates === undefined || candidates.length > CANDIDATES) return { kind: 'unknown', reason: short, origin };
  return { kind: 'unknown', reason: short, origin, candidates };
}

/**
 * Which fork of the evaluation a container was made in. A container that a branch made itself needs no undoing when
 * the branch is taken back, because nothing outside the branch has seen it.
 */
const births = new WeakMap<object, number>();
let epoch = 0;

export function nextEpoch(): number {
  return ++epoch;
}

export function bornIn(container: object): number {
  return births.get(container) ?? 0;
}

export function markBirth<T extends object>(container: T): T {
  if (epoch > 0) births.set(container, epoch);
  return container;
}

export function sequenceValue(kind: SequenceValue['kind'], items: Value[], origin: Origin = NOWHERE): SequenceValue {
  return markBirth({ kind, items, origin });
}
export const listValue = (items: Value[], origin: Origin = NOWHERE): SequenceValue =>
  sequenceValue('list', items, origin);
export const tupleValue = (items: Value[], origin: Origin = NOWHERE): SequenceValue =>
  sequenceValue('tuple', items, origin);

/** Keeps the first of equal items. Items that cannot be compared are all kept. */
export function setValue(
  items: readonly Value[],
  origin: Origin = NOWHERE,
  kind: 'set' | 'frozenset' = 'set',
): SequenceValue {
  const seen = new Set<string>();
  const kept: Value[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) {
      if (seen.has(key)) continue;
      seen.add(key);
    }
    kept.push(item);
  }
  return sequenceValue(kind, kept, origin);
}

export function dictValue(pairs: Iterable<readonly [Value, Value]>, origin: Origin = NOWHERE): DictValue {
  const entries: DictValue['entries'] = new Map();
  for (const [key, value] of pairs) {
    const spelling = keyOf(key);
    if (spelling !== undefined) entries.set(spelling, { key: entries.get(spelling)?.key ?? key, value });
  }
  return markBirth({ kind: 'dict', entries, origin });
}

/** A dict whose keys are plain strings. */
export function recordValue(pairs: Iterable<readonly [string, Value]>, origin: Origin = NOWHERE): DictValue {
  const entries: DictValue['entries'] = new Map();
  for (const [key, value] of pairs) entries.set(`s${key}`, { key: strValue(key, origin), value });
  return markBirth({ kind: 'dict', entries, origin });
}

// --- where values come from

export function originAt(location: Location, variables: readonly string[] = []): Origin {
  return { locations: [location], variables };
}

export function unite(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  if (b.every((name) => a.includes(name))) return a;
  return [...new Set([...a, ...b])].sort();
}

const within = (inner: Location, outer: Location): boolean =>
  inner.uri === outer.uri &&
  (inner.region.startLine > outer.region.startLine ||
    (inner.region.startLine === outer.region.startLine && inner.region.startColumn >= outer.region.startColumn)) &&
  (inner.region.endLine < outer.region.endLine ||
    (inner.region.endLine === outer.region.endLine && inner.region.endColumn <= outer.region.endColumn));

/** `first`, then the places of `rest` that `first` does not contain already. */
export function placesAfter(first: readonly Location[], rest: readonly Location[]): readonly Location[] {
  if (rest.length === 0) return first;
  const all = [...first];
  for (const place of rest) {
    if (all.length >= PLACES) break;
    if (!all.some((known) => within(place, known) || compareLocations(place, known) === 0)) all.push(place);
  }
  return all;
}

/** Of a value that was made at `at` out of other values. */
export function derived(at: Location, ...from: readonly (Value | Origin)[]): Origin {
  let locations: readonly Location[] = [at];
  let variables: readonly string[] = [];
  for (const source of from) {
    const origin = 'kind' in source ? source.origin : source;
    locations = placesAfter(locations, origin.locations);
    variables = unite(variables, origin.variables);
  }
  return { locations, variables };
}

/** The environment variables that a value depends on, those of its parts included. */
export function variablesOf(value: Value, depth = 0): readonly string[] {
  let names = value.origin.variables;
  if (depth > 12) return names;
  const part = (inner: Value): void => {
    names = unite(names, variablesOf(inner, depth + 1));
  };
  if ('items' in value) value.items.forEach(part);
  else if (value.kind === 'dict') for (const { value: inner } of value.entries.values()) part(inner);
  else if (value.kind === 'external' && value.call !== undefined) {
    value.call.args.forEach(part);
    for (const inner of value.call.keywords.values()) part(inner);
  } else if (value.kind === 'unknown') value.candidates?.forEach(part);
  return names;
}

/** Whether the value can be shared and changed, so that its origin belongs to the object and not to one use of it. */
export function isShared(value: Value): boolean {
  switch (value.kind) {
    case 'list':
    case 'set':
    case 'dict':
    case 'function':
    case 'class':
    case 'instance':
    case 'module':
      return true;
    default:
      return false;
  }
}

/** The same value, set once more at `at`: for values that are not shared. */
export function setAt(value: Value, at: Location, variables: readonly string[] = []): Value {
  const all = unite(value.origin.variables, variables);
  if (isShared(value)) {
    // A container made by this very statement is set where the statement stands; one made elsewhere keeps its place.
    const first = value.origin.locations[0];
    if (first !== undefined && !within(first, at)) return value;
    Object.assign(value, { origin: { locations: placesAfter([at], value.origin.locations), variables: all } });
    return value;
  }
  return { ...value, origin: { locations: placesAfter([at], value.origin.locations), variables: all } };
}

/** The same value, depending on more variables: for values that are not shared. */
export function dependingOn<T extends Value>(value: T, variables: readonly string[]): T {
  if (variables.length === 0 || isShared(value)) return value;
  const all = unite(value.origin.variables, variables);
  return all === value.origin.variables
    ? value
    : { ...value, origin: { locations: value.origin.locations, variables: all } };
}

/** Equal in Python's sense and in what is known: what two branches agree on. */
export function sameValue(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || depth > 20) return false;
  if ('items' in a && 'items' in b) {
    return (
      a.items.length === b.items.length && a.items.every((item, i) => sameValue(item, b.items[i] ?? NEVER, depth + 1))
    );
  }
  if (a.kind === 'dict' && b.kind === 'dict') {
    if (a.entries.size !== b.entries.size) return false;
    for (const [key, { value }] of a.entries) {
      const other = b.entries.get(key);
      if (other === undefined || !sameValue(value, other.value, depth + 1)) return false;
    }
    return true;
  }
  switch (a.kind) {
    case 'none':
      return true;
    case 'bool':
    case 'int':
    case 'str':
    case 'bytes':
    case 'path':
      return 'value' in b && a.value === b.value;
    case 'float':
      return b.kind === 'float' && Object.is(a.value, b.value);
    case 'module':
      return b.kind === 'module' && a.name === b.name;
    case 'external':
      return b.kind === 'external' && a.name === b.name && sameCall(a, b, depth);
    case 'function':
      return b.kind === 'function' && a.closure === b.closure;
    default:
      return false;
  }
}

const NEVER: Value = { kind: 'unknown', reason: '', origin: NOWHERE };

function sameCall(a: ExternalValue, b: ExternalValue, depth: number): boolean {
  if (a.call === undefined || b.call === undefined) return a.call === b.call;
  const others = b.call;
  return (
    a.call.args.length === others.args.length &&
    a.call.keywords.size === others.keywords.size &&
    a.call.args.every((arg, i) => sameValue(arg, others.args[i] ?? NEVER, depth + 1)) &&
    [...a.call.keywords].every(([name, value]) => sameValue(value, others.keywords.get(name) ?? NEVER, depth + 1))
  );
}
