import { isUnknown } from '../../location.js';
import { LIMITS, LimitReached, PythonRaise, type Interpreter, type Journal, type Saved } from './interpreter.js';
import { bornIn, dictValue, isShared, nextEpoch, sameValue, sequenceValue, unite, unknownValue } from './values.js';
import type { Origin, UnknownValue, Value } from '../value.js';

/*
 * Running both branches of a condition that is not known. A branch runs on the real heap while a journal keeps what
 * each container held before its first change; then the heap is put back, the other branch runs, and the two outcomes
 * are merged container by container. So identity survives, and nothing but what changed is copied.
 */

function save(container: object): Saved {
  if (container instanceof Map) return new Map(container as Map<unknown, unknown>);
  const copy = { ...container } as Record<string, unknown>;
  if (Array.isArray(copy.items)) copy.items = [...(copy.items as unknown[])];
  if (copy.entries instanceof Map) copy.entries = new Map(copy.entries as Map<unknown, unknown>);
  return copy;
}

function restore(container: object, saved: Saved): void {
  if (container instanceof Map) {
    container.clear();
    for (const [key, value] of saved as Map<unknown, unknown>) (container as Map<unknown, unknown>).set(key, value);
    return;
  }
  for (const key of Object.keys(container)) Reflect.deleteProperty(container, key);
  Object.assign(container, save(saved as object));
}

/** To be called before every change of a list, set, dict or map of attributes. */
export function touch(py: Interpreter, container: object): void {
  py.changes++;
  const journal = py.journals.at(-1);
  if (journal !== undefined) remember(journal, container, undefined);
}

function remember(journal: Journal, container: object, saved: Saved | undefined): void {
  if (bornIn(container) >= journal.epoch || journal.before.has(container)) return;
  journal.before.set(container, saved ?? save(container));
}

/** Turns a container, for everybody who holds it, into something else. */
export function become(py: Interpreter, container: object, value: Value): void {
  touch(py, container);
  restore(container, { ...value });
}

interface Trial<T> {
  readonly outcome: T | undefined;
  readonly raised: PythonRaise | undefined;
  readonly after: Map<object, Saved>;
  readonly before: Map<object, Saved>;
}

function attempt<T>(py: Interpreter, run: () => T): Trial<T> {
  const journal: Journal = { epoch: nextEpoch(), before: new Map() };
  const { frame } = py;
  const control = frame?.control;
  py.journals.push(journal);
  let outcome: T | undefined;
  let raised: PythonRaise | undefined;
  try {
    outcome = run();
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    raised = error;
  } finally {
    py.journals.pop();
    py.frame = frame;
    if (frame !== undefined && control !== undefined) frame.control = control;
  }
  const after = new Map<object, Saved>();
  for (const [container, saved] of journal.before) {
    after.set(container, save(container));
    restore(container, saved);
  }
  return { outcome, raised, after, before: journal.before };
}

function adopt(py: Interpreter, states: ReadonlyMap<object, Saved>): void {
  const journal = py.journals.at(-1);
  for (const [container, saved] of states) {
    if (journal !== undefined) remember(journal, container, undefined);
    restore(container, saved);
  }
}

/** Why a condition is not known, and what its outcome depends on. */
export interface Doubt {
  readonly reason: string;
  readonly origin: Origin;
  /** Whether the two branches are all that can happen; false for a loop that may run any number of times. */
  readonly complete: boolean;
}

export type Forked<T> = { readonly both: readonly [T, T] } | { readonly one: T };

/**
 * Runs both, and leaves the merged heap. A branch that raises is one that a deployment cannot have taken, so the other
 * one counts alone; the exception is kept with the handler that would catch it.
 */
export function fork<T>(py: Interpreter, doubt: Doubt, first: () => T, second: () => T): Forked<T> {
  py.forks++;
  if (py.forks > LIMITS.forks || py.journals.length >= LIMITS.nestedForks)
    throw new LimitReached(`more than ${LIMITS.forks} conditions are not known, or they are nested too deeply`);
  const a = attempt(py, first);
  const b = attempt(py, second);
  if (a.raised !== undefined && b.raised !== undefined) {
    adopt(py, a.after);
    throw a.raised;
  }
  if (a.raised !== undefined || b.raised !== undefined) {
    const good = a.raised === undefined ? a : b;
    const raised = a.raised ?? b.raised;
    adopt(py, good.after);
    if (raised !== undefined) py.handlers.at(-1)?.possible.push(raised);
    return { one: good.outcome as T };
  }
  mergeStates(py, doubt, a, b);
  return { both: [a.outcome as T, b.outcome as T] };
}

function mergeStates(py: Interpreter, doubt: Doubt, a: Trial<unknown>, b: Trial<unknown>): void {
  const merge = merger(doubt);
  const journal = py.journals.at(-1);
  for (const container of new Set([...a.before.keys(), ...b.before.keys()])) {
    const original = save(container);
    const inA = a.after.get(container) ?? original;
    const inB = b.after.get(container) ?? original;
    if (journal !== undefined) remember(journal, container, original);
    if (container === py.modules) {
      restore(container, new Map([...(inA as Map<unknown, unknown>), ...(inB as Map<unknown, unknown>)]));
      continue;
    }
    if (container instanceof Map) {
      restore(container, mergeMaps(merge, inA as Map<string, Value>, inB as Map<string, Value>));
      continue;
    }
    const left = inA as unknown as Value;
    const right = inB as unknown as Value;
    if (left.kind === 'dict' && right.kind === 'dict') {
      const origin = left.origin === right.origin ? left.origin : joinOrigin(left.origin, right.origin, doubt);
      restore(container, { kind: 'dict', origin, entries: mergeEntries(merge, left.entries, right.entries) });
    } else if (sameValue(left, right)) restore(container, inA);
    else restore(container, { ...merge(detach(left), detach(right)) });
  }
}

/** A saved state as a value of its own. */
function detach(state: Value): Value {
  if ('items' in state) return sequenceValue(state.kind, [...state.items], state.origin);
  return { ...state };
}

type Merge = (a: Value, b: Value) => Value;

function joinOrigin(a: Origin, b: Origin, doubt: Doubt): Origin {
  return {
    locations: [...new Set([...a.locations, ...b.locations])].slice(0, 6),
    variables: unite(unite(a.variables, b.variables), doubt.origin.variables),
  };
}

/** One value out of two that a branch each has come to. */
export function merger(doubt: Doubt): Merge {
  const done = new Map<Value, Map<Value, Value>>();
  const merge = (a: Value, b: Value, depth: number): Value => {
    if (sameValue(a, b)) return a;
    const before = done.get(a)?.get(b);
    if (before !== undefined) return before;
    const origin = joinOrigin(a.origin, b.origin, doubt);
    let merged: Value;
    if (a.kind === 'dict' && b.kind === 'dict' && depth < 8) {
      const empty = dictValue([], origin);
      done.set(a, new Map([[b, empty]]));
      empty.entries = mergeEntries((x, y) => merge(x, y, depth + 1), a.entries, b.entries);
      merged = empty;
    } else merged = unknownValue(doubt.reason, origin, doubt.complete ? candidatesOf([a, b]) : undefined);
    if (merged.kind === 'unknown' && (mayBeAbsent(a) || mayBeAbsent(b))) merged = { ...merged, absent: true };
    const inner = done.get(a) ?? new Map<Value, Value>();
    inner.set(b, merged);
    done.set(a, inner);
    return merged;
  };
  return (a, b) => merge(a, b, 0);
}

export function mayBeAbsent(value: Value): boolean {
  return value.kind === 'unknown' && value.absent === true;
}

/** Everything that either value can be; undefined where one of them is open. */
export function candidatesOf(values: readonly Value[]): Value[] | undefined {
  const all: Value[] = [];
  for (const value of values) {
    const own = value.kind === 'unknown' ? value.candidates : [value];
    if (own === undefined) return undefined;
    for (const candidate of own) if (!all.some((known) => sameValue(known, candidate))) all.push(candidate);
  }
  return all;
}

function onlyInOne(merge: Merge, value: Value): Value {
  // Merging with a value that is like nothing else gives the reason and the origin of the doubt.
  const merged = merge(value, ABSENT) as UnknownValue;
  return {
    kind: 'unknown',
    reason: merged.reason,
    origin: merged.origin,
    absent: true,
    ...(merged.candidates === undefined ? {} : { candidates: merged.candidates.filter((one) => one !== ABSENT) }),
  };
}
const ABSENT: Value = { kind: 'external', name: '', origin: { locations: [], variables: [] } };

function mergeMaps(merge: Merge, a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): Map<string, Value> {
  const merged = new Map<string, Value>();
  for (const [key, value] of a) {
    const other = b.get(key);
    merged.set(key, other === undefined ? onlyInOne(merge, value) : merge(value, other));
  }
  for (const [key, value] of b) if (!a.has(key)) merged.set(key, onlyInOne(merge, value));
  return merged;
}

type Entries = Map<string, { key: Value; value: Value }>;

function mergeEntries(merge: Merge, a: Entries, b: Entries): Entries {
  const merged: Entries = new Map();
  for (const [spelling, { key, value }] of a) {
    const other = b.get(spelling);
    merged.set(spelling, { key, value: other === undefined ? onlyInOne(merge, value) : merge(value, other.value) });
  }
  for (const [spelling, { key, value }] of b)
    if (!a.has(spelling)) merged.set(spelling, { key, value: onlyInOne(merge, value) });
  return merged;
}

/** What may have happened to a value that code we cannot follow was given. */
export function forget(py: Interpreter, value: Value, reason: string): void {
  if (isShared(value) && ('items' in value || value.kind === 'dict') && !isUnknown(value))
    become(py, value, unknownValue(reason, value.origin));
}
