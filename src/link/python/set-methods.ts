import type { BinaryOperator } from '../../parse/python/ast.js';
import { LIMITS, charge, fail, type Arguments, type Interpreter } from './interpreter.js';
import { iterate, iterateOpen } from './iterate.js';
import { isOpen, restOf } from './rest.js';
import { touch } from './journal.js';
import type { Method, Methods } from './method.js';
import { binary } from './binary.js';
import { changed } from './changed.js';
import { contains } from './compare.js';
import { boolValue, derived, noneValue, sequenceValue, setValue, unknownValue } from './values.js';
import { keyOf, type SequenceValue, type Value } from '../value.js';

function onSet(run: (py: Interpreter, set: SequenceValue, args: Arguments) => Value): Method {
  return {
    run: (py, self, args) =>
      'items' in self ? run(py, self, args) : unknownValue('the set is not known', derived(args.at, self)),
  };
}

function lose(py: Interpreter, set: SequenceValue, args: Arguments): Value {
  touch(py, set);
  Object.assign(set, unknownValue('what was put into the set is not known', derived(args.at, set)));
  return noneValue();
}

function combined(op: BinaryOperator, inPlace: boolean): Method {
  return onSet((py, set, args) => {
    let outcome: Value = set;
    for (const other of args.positional) {
      const items = iterateOpen(py, other, args.at) ?? (op === '|' ? [restOf(other, args.at)] : undefined);
      if (items === undefined)
        return inPlace
          ? lose(py, set, args)
          : unknownValue('the items of a set are not known', derived(args.at, set, other));
      outcome = binary(py, op, outcome, setValue(items, other.origin), args.at);
    }
    if (!inPlace) return outcome === set ? setValue(set.items, derived(args.at, set)) : outcome;
    if (!('items' in outcome)) return lose(py, set, args);
    touch(py, set);
    set.items = outcome.items;
    changed(set, args.at);
    return noneValue();
  });
}

function related(test: (a: ReadonlySet<string | undefined>, b: ReadonlySet<string | undefined>) => boolean): Method {
  return onSet((py, set, args) => {
    const [other] = args.positional;
    const items = other === undefined ? undefined : iterate(py, other, args.at);
    const a = new Set(set.items.map((one) => keyOf(one)));
    const b = new Set(items?.map((one) => keyOf(one)));
    if (items === undefined || a.has(undefined) || b.has(undefined))
      return unknownValue('the items of a set are not known', derived(args.at, set));
    return boolValue(test(a, b), derived(args.at, set));
  });
}

const subset = (a: ReadonlySet<string | undefined>, b: ReadonlySet<string | undefined>): boolean =>
  [...a].every((one) => b.has(one));

export const SET_METHODS: Methods = {
  add: onSet((py, set, args) => {
    const [item] = args.positional;
    charge(py, set.items.length >> 3);
    const known = item === undefined ? undefined : contains(py, set, item);
    if (item === undefined || set.items.length >= LIMITS.items) return lose(py, set, args);
    if (known !== true) {
      touch(py, set);
      set.items.push(item);
      changed(set, args.at);
    }
    return noneValue();
  }),
  discard: onSet((py, set, args) => remove(py, set, args, false)),
  remove: onSet((py, set, args) => remove(py, set, args, true)),
  clear: onSet((py, set, args) => {
    touch(py, set);
    set.items = [];
    changed(set, args.at);
    return noneValue();
  }),
  copy: onSet((_, set, args) => sequenceValue(set.kind, [...set.items], derived(args.at, set))),
  pop: onSet((py, set, args) => {
    lose(py, set, args);
    return unknownValue('the order of a set is not known', derived(args.at));
  }),
  update: combined('|', true),
  union: combined('|', false),
  intersection: combined('&', false),
  intersection_update: combined('&', true),
  difference: combined('-', false),
  difference_update: combined('-', true),
  symmetric_difference: combined('^', false),
  issubset: related(subset),
  issuperset: related((a, b) => subset(b, a)),
  isdisjoint: related((a, b) => ![...a].some((one) => b.has(one))),
};

function remove(py: Interpreter, set: SequenceValue, args: Arguments, strict: boolean): Value {
  const [item] = args.positional;
  const key = item === undefined ? undefined : keyOf(item);
  if (key === undefined) return lose(py, set, args);
  const left = set.items.filter((one) => keyOf(one) !== key);
  if (strict && left.length === set.items.length && !isOpen(set))
    return fail(py, 'KeyError', 'the item is not in the set', args.at, set);
  touch(py, set);
  set.items = left;
  changed(set, args.at);
  return noneValue();
}
