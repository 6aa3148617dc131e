import { LIMITS, charge, fail, type Arguments, type Interpreter } from './interpreter.js';
import { iterateOpen } from './iterate.js';
import { firstKnown, isKnownIndex, isOpen, isRest, lastKnown, restOf } from './rest.js';
import { touch } from './journal.js';
import type { Methods } from './method.js';
import { changed } from './changed.js';
import { equals } from './equals.js';
import { sorted } from './sort.js';
import { dependingOn, derived, intValue, listValue, noneValue, unknownValue } from './values.js';
import type { SequenceValue, Value } from '../value.js';

type List = SequenceValue;

/** Whatever the list holds from now on, it is not known. */
function lose(py: Interpreter, list: List, reason: string, args: Arguments): Value {
  touch(py, list);
  Object.assign(list, unknownValue(reason, derived(args.at, list)));
  return noneValue();
}

const inControl = (py: Interpreter, value: Value): Value => dependingOn(value, py.frame?.control ?? []);

function onList(run: (py: Interpreter, list: List, args: Arguments) => Value): {
  run: (py: Interpreter, self: Value, args: Arguments) => Value;
} {
  return {
    run: (py, self, args) =>
      'items' in self ? run(py, self, args) : unknownValue('the list is not known', derived(args.at, self)),
  };
}

function note(py: Interpreter, list: List, args: Arguments, ...by: readonly Value[]): Value {
  changed(list, args.at, ...by, noneValue({ locations: [], variables: py.frame?.control ?? [] }));
  return noneValue({ locations: [args.at], variables: [] });
}

function indexOf(py: Interpreter, list: List, item: Value | undefined, from = 0): number | undefined {
  charge(py, list.items.length);
  for (let i = from; i < list.items.length; i++) {
    const one = list.items[i];
    const same = one === undefined || item === undefined ? undefined : equals(one, item);
    if (same === true) return i;
    if (same === undefined) return undefined;
  }
  return -1;
}

/** The item that goes may be one that is not known: of those like it, none is known to stay. */
function removeFromOpen(py: Interpreter, list: List, args: Arguments): Value {
  const [item] = args.positional;
  const same = list.items.map((one) => (item === undefined || isRest(one) ? false : equals(one, item)));
  if (same.includes(undefined)) return lose(py, list, 'which item was removed is not known', args);
  const first = same.indexOf(true);
  touch(py, list);
  if (first >= 0 && first < firstKnown(list)) list.items.splice(first, 1);
  else list.items = list.items.filter((_, i) => same[i] !== true);
  return note(py, list, args);
}

const LIST: Methods = {
  append: onList((py, list, args) => {
    const [item] = args.positional;
    if (item === undefined || list.items.length >= LIMITS.items) return lose(py, list, 'the list is too long', args);
    touch(py, list);
    list.items.push(inControl(py, item));
    return note(py, list, args);
  }),
  extend: onList((py, list, args) => {
    const [other] = args.positional;
    if (other === undefined) return fail(py, 'TypeError', 'an argument is missing', args.at);
    const items = iterateOpen(py, other, args.at) ?? [restOf(other, args.at)];
    if (list.items.length + items.length > LIMITS.items) return lose(py, list, 'the list is too long', args);
    touch(py, list);
    list.items.push(...items.map((item) => inControl(py, item)));
    return note(py, list, args, other);
  }),
  insert: onList((py, list, args) => {
    const [index, item] = args.positional;
    if (index?.kind !== 'int' || item === undefined || list.items.length >= LIMITS.items)
      return lose(
        py,
        list,
        index?.kind === 'unknown' ? index.reason : 'the place of an inserted item is not known',
        args,
      );
    touch(py, list);
    const place = Number(index.value);
    if (isOpen(list) && (place >= 0 ? place > firstKnown(list) : -place > lastKnown(list)))
      list.items = [...list.items.slice(0, firstKnown(list)), restOf(list, args.at, 'the order is not known')];
    else list.items.splice(place, 0, inControl(py, item));
    return note(py, list, args, index);
  }),
  remove: onList((py, list, args) => {
    if (isOpen(list)) return removeFromOpen(py, list, args);
    const index = indexOf(py, list, args.positional[0]);
    if (index === undefined) return lose(py, list, 'which item was removed is not known', args);
    if (index < 0) return fail(py, 'ValueError', 'the item to remove is not in the list', args.at, list);
    touch(py, list);
    list.items.splice(index, 1);
    return note(py, list, args);
  }),
  pop: onList((py, list, args) => {
    const [index] = args.positional;
    const at = index === undefined ? -1 : index.kind === 'int' ? Number(index.value) : undefined;
    if (at === undefined || !isKnownIndex(list, at)) {
      lose(py, list, 'which item was removed is not known', args);
      return unknownValue('which item was removed is not known', derived(args.at, list));
    }
    const item = list.items.at(at);
    if (item === undefined) return fail(py, 'IndexError', 'pop from an empty list or outside of it', args.at, list);
    touch(py, list);
    list.items.splice(at, 1);
    note(py, list, args);
    return item;
  }),
  clear: onList((py, list, args) => {
    touch(py, list);
    list.items = [];
    return note(py, list, args);
  }),
  reverse: onList((py, list, args) => {
    touch(py, list);
    list.items.reverse();
    return note(py, list, args);
  }),
  sort: onList((py, list, args) => {
    const outcome = sorted(py, list.items, args);
    if (outcome === undefined || isOpen(list)) return lose(py, list, 'the order of the list is not known', args);
    touch(py, list);
    list.items = outcome;
    return note(py, list, args);
  }),
  copy: onList((_, list, args) => listValue([...list.items], derived(args.at, list))),
};

export const TUPLE_METHODS: Methods = {
  index: onList((py, list, args) => {
    const [item, from] = args.positional;
    const index = indexOf(py, list, item, from?.kind === 'int' ? Number(from.value) : 0);
    if (index === undefined) return unknownValue('the place of the item is not known', derived(args.at, list));
    return index < 0
      ? fail(py, 'ValueError', 'the item is not in the list', args.at, list)
      : intValue(index, derived(args.at, list));
  }),
  count: onList((py, list, args) => {
    charge(py, list.items.length);
    const [item] = args.positional;
    const outcomes = list.items.map((one) => (item === undefined ? undefined : equals(one, item)));
    const origin = derived(args.at, list);
    return outcomes.includes(undefined)
      ? unknownValue('the number of items is not known', origin)
      : intValue(outcomes.filter(Boolean).length, origin);
  }),
};

export const LIST_METHODS: Methods = { ...TUPLE_METHODS, ...LIST };
