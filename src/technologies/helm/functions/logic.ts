import { numberOf, stringOf, type Tools } from '../formatted.js';
import { flag, isMarked, isTrue, NIL, plain, text, unread, type Value } from '../value.js';
import type { Functions, GoFunction } from './functions.js';

const UNDECIDED = 'depends on something that is not known';

/** Undefined where it cannot be told. */
export function equal(a: Value, b: Value, depth = 0): boolean | undefined {
  if (a.kind === 'unread' || b.kind === 'unread' || depth > 50) return undefined;
  if (a.kind === 'list' && b.kind === 'list')
    return a.items.length === b.items.length && a.items.every((item, i) => equal(item, b.items[i] ?? NIL, depth + 1));
  if (a.kind === 'dict' && b.kind === 'dict')
    return (
      a.entries.size === b.entries.size &&
      [...a.entries].every(([key, one]) => equal(one, b.entries.get(key) ?? NIL, depth + 1))
    );
  if (a.kind !== b.kind) return false;
  if (a.kind === 'text' && b.kind === 'text') {
    const [one, other] = [plain(a.pieces), plain(b.pieces)];
    return isMarked(one) || isMarked(other) ? undefined : one === other;
  }
  if ((a.kind === 'flag' && b.kind === 'flag') || (a.kind === 'number' && b.kind === 'number'))
    return a.value === b.value;
  return a.kind === 'nil';
}

function told(value: boolean | undefined): Value {
  return value === undefined ? unread(UNDECIDED) : flag(value);
}

const compared =
  (decide: (a: number) => boolean): GoFunction =>
  ([a = NIL, b = NIL], tools) => {
    if (a.kind === 'text' && b.kind === 'text') {
      const [one, other] = [stringOf(a, tools), stringOf(b, tools)];
      return isMarked(one + other) ? unread(UNDECIDED) : flag(decide(one < other ? -1 : one > other ? 1 : 0));
    }
    return flag(decide(numberOf(a) - numberOf(b)));
  };

const eq: GoFunction = ([first = NIL, ...others]) => {
  const answers = others.map((other) => equal(first, other));
  return told(answers.includes(true) ? true : answers.includes(undefined) ? undefined : false);
};

const kindOf = (value: Value | undefined): string =>
  ({
    nil: 'invalid',
    flag: 'bool',
    number: 'float64',
    text: 'string',
    list: 'slice',
    dict: 'map',
    method: 'func',
    unread: '',
  })[value?.kind ?? 'nil'];

const typeOf = (value: Value | undefined): string =>
  value?.kind === 'dict' ? 'map[string]interface {}' : value?.kind === 'list' ? '[]interface {}' : kindOf(value);

const isOf =
  (name: (value: Value | undefined) => string): GoFunction =>
  ([kind = NIL, value], tools) => {
    const wanted = stringOf(kind, tools);
    return flag(wanted === name(value) || (value?.kind === 'number' && /^(?:u?int|int64|float64)$/.test(wanted)));
  };

/** `default` takes what is given where it is not empty; what may be empty is not known. */
function coalesce(args: readonly Value[]): Value {
  for (const value of args) {
    const truth = isTrue(value);
    if (truth === true) return value;
    if (truth === undefined) return value.kind === 'unread' ? value : unread(UNDECIDED);
  }
  return NIL;
}

export const functions: Functions = new Map<string, GoFunction>([
  ['eq', eq],
  ['ne', ([a = NIL, b = NIL]) => told(invert(equal(a, b)))],
  ['lt', compared((order) => order < 0)],
  ['le', compared((order) => order <= 0)],
  ['gt', compared((order) => order > 0)],
  ['ge', compared((order) => order >= 0)],
  ['deepEqual', ([a = NIL, b = NIL]) => told(equal(a, b))],
  ['not', ([value = NIL]) => told(invert(isTrue(value)))],
  ['empty', ([value = NIL]) => told(invert(isTrue(value)))],
  ['default', ([fallback = NIL, value = NIL]) => (isTrue(value) === false ? fallback : coalesce([value]))],
  ['coalesce', coalesce],
  [
    'ternary',
    ([yes = NIL, no = NIL, condition = NIL]) => {
      const truth = isTrue(condition);
      return truth === undefined ? unread(UNDECIDED) : truth ? yes : no;
    },
  ],
  [
    'any',
    (args) =>
      told(
        args.some((arg) => isTrue(arg) === true) || (args.some((arg) => isTrue(arg) === undefined) ? undefined : false),
      ),
  ],
  [
    'all',
    (args) =>
      told(
        args.every((arg) => isTrue(arg) === true) ||
          (args.some((arg) => isTrue(arg) === undefined) ? undefined : false),
      ),
  ],
  ['kindOf', ([value]) => text(kindOf(value))],
  ['typeOf', ([value]) => text(typeOf(value))],
  ['kindIs', isOf(kindOf)],
  ['typeIs', isOf(typeOf)],
  ['typeIsLike', isOf(typeOf)],
  ['fail', ([reason = NIL], tools: Tools) => unread(`the chart refuses: ${stringOf(reason, tools).slice(0, 120)}`)],
  [
    'required',
    ([reason = NIL, value = NIL], tools) =>
      value.kind === 'nil' || (value.kind === 'text' && value.pieces.length === 0)
        ? { kind: 'unread', reason: `must be given: ${stringOf(reason, tools).slice(0, 120)}`, something: true }
        : value,
  ],
  // What a cluster holds is not known; without one, as for `helm template`, there is nothing.
  ['lookup', () => ({ kind: 'dict', entries: new Map(), places: new Map() })],
  ['getHostByName', () => text('')],
]);

function invert(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
