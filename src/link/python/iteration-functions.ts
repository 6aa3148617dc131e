import { isRest } from './rest.js';
import { findInClass } from './class-order.js';
import { attribute } from './attributes.js';
import { LIMITS, charge, fail, type Arguments, type Interpreter } from './interpreter.js';
import { iterate } from './iterate.js';
import { instanceOfIterator } from './iterator.js';
import { touch } from './journal.js';
import type { Native } from './models.js';
import { binary } from './binary.js';
import { order } from './order.js';
import { spread } from './spread.js';
import { truth } from './truth.js';
import { sorted } from './sort.js';
import { boolValue, derived, intValue, listValue, tupleValue, unknownValue } from './values.js';
import type { Value } from '../value.js';

const NONE = new Map<string, Value>();

/** With one argument whose items are needed. */
function overItems(
  compute: (py: Interpreter, items: readonly Value[], args: Arguments, source: Value) => Value,
): Native {
  const run: Native = (py, args) => {
    const [source] = args.positional;
    if (source === undefined) return args.rest ?? fail(py, 'TypeError', 'an argument is missing', args.at);
    const open = spread(args.at, [source], ([one = source]) =>
      run(py, { ...args, positional: [one, ...args.positional.slice(1)] }),
    );
    if (open !== undefined) return open;
    const items = iterate(py, source, args.at);
    return items === undefined
      ? unknownValue('the items are not known', derived(args.at, source))
      : compute(py, items, args, source);
  };
  return run;
}

function extreme(sign: 1 | -1): Native {
  return (py, args) => {
    const [first] = args.positional;
    const items = args.positional.length === 1 && first !== undefined ? iterate(py, first, args.at) : args.positional;
    const origin = derived(args.at, ...args.positional);
    if (items === undefined || args.rest !== undefined)
      return unknownValue('the values to compare are not known', origin);
    const key = args.keywords.get('key');
    let best: { value: Value; by: Value } | undefined;
    for (const value of items) {
      const by = key === undefined ? value : py.call(key, { positional: [value], keywords: NONE, at: args.at });
      const compared = best === undefined ? sign : order(by, best.by);
      if (compared === undefined)
        return unknownValue(
          by.kind === 'unknown' ? by.reason : 'the order of the values is not known',
          derived(args.at, ...items),
        );
      if (best === undefined || compared * sign > 0) best = { value, by };
    }
    return (
      best?.value ?? args.keywords.get('default') ?? fail(py, 'ValueError', 'there is no value to choose from', args.at)
    );
  };
}

function decided(wanted: boolean): Native {
  return overItems((_, items, args, source) => {
    let outcome: boolean | undefined = !wanted;
    for (const item of items) {
      const known = truth(item);
      if (known === wanted) return boolValue(wanted, derived(args.at, source, item));
      if (known === undefined) outcome = undefined;
    }
    const origin = derived(args.at, source, ...items.slice(0, 20));
    return outcome === undefined
      ? unknownValue('whether the items are true is not known', origin)
      : boolValue(outcome, origin);
  });
}

const range: Native = (py, args) => {
  const numbers = args.positional.map((one) => (one.kind === 'int' ? Number(one.value) : undefined));
  const origin = derived(args.at, ...args.positional);
  if (numbers.includes(undefined) || args.rest !== undefined) return unknownValue('the range is not known', origin);
  const [a = 0, b, step = 1] = numbers as number[];
  const [from, to] = b === undefined ? [0, a] : [a, b];
  if (step === 0 || Math.abs((to - from) / step) > LIMITS.items) return unknownValue('the range is too large', origin);
  const items: Value[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) items.push(intValue(i, origin));
  charge(py, items.length);
  return tupleValue(items, origin);
};

/** What goes over items. */
export const ITERATION_FUNCTIONS: Readonly<Record<string, Native>> = {
  len: (py, args) => {
    const [value] = args.positional;
    if (value === undefined) return unknownValue('the length is not known', derived(args.at));
    const origin = derived(args.at, value);
    if (value.kind === 'str') return intValue(Array.from(value.value).length, origin);
    if (value.kind === 'bytes') return intValue(value.value.length, origin);
    const open = spread(args.at, [value], ([one = value]) =>
      py.call(py.builtins.get('len') ?? value, { ...args, positional: [one] }),
    );
    if (open !== undefined) return open;
    if (value.kind === 'instance' && findInClass(value.class, '__len__').found !== undefined)
      return py.call(attribute(py, value, '__len__', args.at), { positional: [], keywords: NONE, at: args.at });
    const items = value.kind === 'instance' ? undefined : iterate(py, value, args.at);
    return items === undefined ? unknownValue('the length is not known', origin) : intValue(items.length, origin);
  },
  sorted: overItems((py, items, args, source) => {
    const outcome = sorted(py, items, args);
    return outcome === undefined
      ? unknownValue('the order is not known', derived(args.at, source))
      : listValue(outcome, derived(args.at, source));
  }),
  reversed: overItems((_, items, args, source) => instanceOfIterator([...items].reverse(), derived(args.at, source))),
  min: extreme(-1),
  max: extreme(1),
  sum: overItems((py, items, args) => {
    let total: Value = args.positional[1] ?? args.keywords.get('start') ?? intValue(0);
    for (const item of items) total = binary(py, '+', total, item, args.at);
    return total;
  }),
  any: decided(true),
  all: decided(false),
  zip: (py, args) => {
    const lists = args.positional.map((one) => iterate(py, one, args.at));
    const origin = derived(args.at, ...args.positional);
    const known = lists.filter((one) => one !== undefined);
    if (known.length !== lists.length) return unknownValue('the items are not known', origin);
    const size = Math.min(...known.map((one) => one.length));
    charge(py, size);
    return instanceOfIterator(
      Array.from({ length: Number.isFinite(size) ? size : 0 }, (_, i) =>
        tupleValue(
          known.flatMap((list) => list[i] ?? []),
          origin,
        ),
      ),
      origin,
    );
  },
  enumerate: overItems((_, items, args, source) => {
    const start = args.positional[1] ?? args.keywords.get('start');
    const from = start?.kind === 'int' ? Number(start.value) : 0;
    return instanceOfIterator(
      items.map((item, i) => tupleValue([intValue(from + i), item], derived(args.at, item))),
      derived(args.at, source),
    );
  }),
  range,
  map: (py, args) => {
    const [callee, ...sources] = args.positional;
    const lists = sources.map((one) => iterate(py, one, args.at));
    const known = lists.filter((one) => one !== undefined);
    const origin = derived(args.at, ...sources);
    if (callee === undefined || known.length !== lists.length || known.length === 0)
      return unknownValue(sources.find((one) => one.kind === 'unknown')?.reason ?? 'the items are not known', origin);
    const size = Math.min(...known.map((one) => one.length));
    return instanceOfIterator(
      Array.from({ length: size }, (_, i) =>
        py.call(callee, { positional: known.flatMap((list) => list[i] ?? []), keywords: NONE, at: args.at }),
      ),
      origin,
    );
  },
  filter: (py, args) => {
    const [callee, source] = args.positional;
    const items = source === undefined ? undefined : iterate(py, source, args.at);
    if (callee === undefined || items === undefined)
      return unknownValue(
        source?.kind === 'unknown' ? source.reason : 'the items are not known',
        derived(args.at, ...args.positional),
      );
    const kept: Value[] = [];
    for (const item of items) {
      const test = truth(
        callee.kind === 'none' ? item : py.call(callee, { positional: [item], keywords: NONE, at: args.at }),
      );
      if (test === undefined)
        return unknownValue('which items are kept is not known', derived(args.at, ...args.positional));
      if (test) kept.push(item);
    }
    return instanceOfIterator(kept, derived(args.at, ...args.positional));
  },
  iter: overItems((_, items, args, source) => instanceOfIterator(items, derived(args.at, source))),
  next: (py, args) => {
    const [iterator, fallback] = args.positional;
    const left = iterator?.kind === 'instance' ? iterator.attributes.get('#items') : undefined;
    if (left?.kind !== 'list')
      return unknownValue(
        iterator?.kind === 'unknown' ? iterator.reason : 'the next item is not known',
        derived(args.at, ...args.positional),
      );
    const [first] = left.items;
    if (isRest(first)) return unknownValue(first.reason, derived(args.at, first));
    if (first === undefined) return fallback ?? fail(py, 'StopIteration', 'there is no next item', args.at);
    touch(py, left);
    left.items = left.items.slice(1);
    return first;
  },
};
