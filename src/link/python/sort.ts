import { charge, type Arguments, type Interpreter } from './interpreter.js';
import { order } from './order.js';
import { truth } from './truth.js';
import type { Value } from '../value.js';

/** The items in order, with `key=` and `reverse=` of the call; undefined where the order is not known. */
export function sorted(py: Interpreter, items: readonly Value[], args: Arguments): Value[] | undefined {
  const key = args.keywords.get('key');
  const reverse = args.keywords.get('reverse');
  const backwards = reverse === undefined ? false : truth(reverse);
  if (backwards === undefined) return undefined;
  charge(py, items.length * 4);
  const keyed = items.map((item) => ({
    item,
    by:
      key === undefined || key.kind === 'none'
        ? item
        : py.call(key, { positional: [item], keywords: new Map(), at: args.at }),
  }));
  let known = true;
  keyed.sort((a, b) => {
    charge(py);
    const sign = order(a.by, b.by);
    if (sign === undefined) known = false;
    return (sign ?? 0) * (backwards ? -1 : 1);
  });
  return known ? keyed.map((one) => one.item) : undefined;
}
