import { numberOf, stringOf, type Tools } from '../formatted.js';
import { dict, flag, isTrue, list, NIL, numeral, plain, text, type Dict, type Value } from '../value.js';
import { equal } from './logic.js';
import type { Functions, GoFunction } from './functions.js';

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : [];
}

function entriesOf(value: Value | undefined): ReadonlyMap<string, Value> {
  return value?.kind === 'dict' ? value.entries : new Map<string, Value>();
}

export function entryOf(value: Value | undefined, key: string): Value {
  return entriesOf(value).get(key) ?? NIL;
}

/** Lays maps over one another, the later ones beneath, or above where they overwrite. Changes the first. */
function merged(args: readonly Value[], overwrites: boolean, tools: Tools, depth = 0): Value {
  const [target, ...others] = args;
  if (target?.kind !== 'dict' || depth > 50) return target ?? NIL;
  for (const other of others) {
    if (other.kind !== 'dict' || other === target) continue;
    tools.take(other.entries.size);
    for (const [key, value] of other.entries) {
      const own = target.entries.get(key);
      if (own?.kind === 'dict' && value.kind === 'dict') {
        const copy = copied(own, tools) as Dict;
        merged([copy, value], overwrites, tools, depth + 1);
        target.entries.set(key, copy);
      } else if (own === undefined || (overwrites ? true : isTrue(own) === false)) {
        target.entries.set(key, copied(value, tools));
        const place = other.places.get(key);
        if (place !== undefined) target.places.set(key, place);
      }
    }
  }
  return target;
}

export function copied(value: Value, tools: Pick<Tools, 'take'>, depth = 0): Value {
  tools.take(1);
  if (depth > 100) return NIL;
  if (value.kind === 'list') return list(value.items.map((item) => copied(item, tools, depth + 1)));
  if (value.kind !== 'dict') return value;
  return {
    kind: 'dict',
    entries: new Map([...value.entries].map(([key, one]) => [key, copied(one, tools, depth + 1)])),
    places: new Map(value.places),
  };
}

function pairsOf(args: readonly Value[], tools: Tools): Dict {
  const result = dict();
  for (let i = 0; i < args.length; i += 2) result.entries.set(stringOf(args[i] ?? NIL, tools), args[i + 1] ?? text(''));
  return result;
}

/** The entries whose keys are named, or the others. */
const filtered =
  (named: boolean): GoFunction =>
  ([value, ...names], tools) => {
    const keys = new Set(
      names.flatMap((name) => (name.kind === 'list' ? name.items : [name])).map((name) => stringOf(name, tools)),
    );
    const result = dict([...entriesOf(value)].filter(([key]) => keys.has(key) === named));
    if (value?.kind === 'dict') for (const [key, place] of value.places) result.places.set(key, place);
    return result;
  };

const at: GoFunction = ([value, ...path], tools) => {
  let current = value ?? NIL;
  for (const step of path) {
    if (current.kind === 'unread') return current;
    current =
      current.kind === 'list' ? (current.items[numberOf(step)] ?? NIL) : entryOf(current, stringOf(step, tools));
  }
  return current;
};

const sliced: GoFunction = ([value, start, end]) => {
  const until = end === undefined ? undefined : numberOf(end);
  if (value?.kind === 'text') return text(plain(value.pieces).slice(numberOf(start), until));
  return list(itemsOf(value).slice(numberOf(start), until));
};

function dig(args: readonly Value[], tools: Tools): Value {
  const [fallback, source] = [args.at(-2) ?? NIL, args.at(-1)];
  let current: Value = source ?? NIL;
  for (const key of args.slice(0, -2)) {
    if (current.kind === 'unread') return current;
    const inner = entriesOf(current).get(stringOf(key, tools));
    if (inner === undefined) return fallback;
    current = inner;
  }
  return current;
}

const lengthOf: GoFunction = ([value]) => {
  if (value?.kind === 'text') return numeral(plain(value.pieces).length);
  return numeral(value?.kind === 'dict' ? value.entries.size : itemsOf(value).length);
};

const onItems =
  (change: (items: readonly Value[], args: readonly Value[], tools: Tools) => Value): GoFunction =>
  ([value, ...rest], tools) =>
    change(itemsOf(value), rest, tools);

const has = (items: readonly Value[], wanted: Value): boolean => items.some((item) => equal(item, wanted) === true);

export const functions: Functions = new Map<string, GoFunction>([
  ['list', (args) => list(args)],
  ['tuple', (args) => list(args)],
  ['dict', pairsOf],
  ['get', ([value, key], tools) => entriesOf(value).get(stringOf(key ?? NIL, tools)) ?? text('')],
  [
    'set',
    ([target, key, value], tools) => {
      if (target?.kind === 'dict') target.entries.set(stringOf(key ?? NIL, tools), value ?? NIL);
      return target ?? NIL;
    },
  ],
  [
    'unset',
    ([target, key], tools) => {
      if (target?.kind === 'dict') target.entries.delete(stringOf(key ?? NIL, tools));
      return target ?? NIL;
    },
  ],
  ['hasKey', ([value, key], tools) => flag(entriesOf(value).has(stringOf(key ?? NIL, tools)))],
  ['keys', (args) => list(args.flatMap((value) => [...entriesOf(value).keys()].map((key) => text(key))))],
  ['values', (args) => list(args.flatMap((value) => [...entriesOf(value).values()]))],
  ['pick', filtered(true)],
  ['omit', filtered(false)],
  [
    'pluck',
    ([key, ...maps], tools) => list(maps.flatMap((one) => entriesOf(one).get(stringOf(key ?? NIL, tools)) ?? [])),
  ],
  ['merge', (args, tools) => merged(args, false, tools)],
  ['mergeOverwrite', (args, tools) => merged(args, true, tools)],
  ['deepCopy', ([value], tools) => copied(value ?? NIL, tools)],
  ['dig', dig],
  ['index', at],
  ['slice', sliced],
  ['len', lengthOf],
  ['first', onItems((items) => items[0] ?? NIL)],
  ['last', onItems((items) => items.at(-1) ?? NIL)],
  ['rest', onItems((items) => list(items.slice(1)))],
  ['initial', onItems((items) => list(items.slice(0, -1)))],
  ['reverse', onItems((items) => list([...items].reverse()))],
  ['append', onItems((items, [item]) => list([...items, item ?? NIL]))],
  ['prepend', onItems((items, [item]) => list([item ?? NIL, ...items]))],
  ['concat', (args) => list(args.flatMap(itemsOf))],
  ['without', onItems((items, removed) => list(items.filter((item) => !has(removed, item))))],
  ['compact', onItems((items) => list(items.filter((item) => isTrue(item) !== false)))],
  [
    'uniq',
    onItems((items, _, tools) => {
      tools.take(items.length * items.length);
      return list(items.filter((item, i) => !has(items.slice(0, i), item)));
    }),
  ],
  ['has', ([wanted, value]) => flag(has(itemsOf(value), wanted ?? NIL))],
  [
    'sortAlpha',
    onItems((items, _, tools) => list([...items].sort((a, b) => (stringOf(a, tools) < stringOf(b, tools) ? -1 : 1)))),
  ],
  ['toStrings', onItems((items, _, tools) => list(items.map((item) => text(stringOf(item, tools)))))],
]);
