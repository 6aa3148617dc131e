import { isRest } from './rest.js';
import type { Location } from '../../location.js';
import { LIMITS, charge, type Interpreter } from './interpreter.js';
import { mayBeAbsent, touch } from './journal.js';
import { intValue, strValue } from './values.js';
import type { Value } from '../value.js';

/** The items that iterating gives, all at once; undefined where not all of them are known. */
export function iterate(py: Interpreter, value: Value, at: Location): readonly Value[] | undefined {
  const items = iterateOpen(py, value, at);
  return items?.some(isRest) === true ? undefined : items;
}

/** The same where more items may stand between those that are known: see `rest` of values that are not known. */
export function iterateOpen(py: Interpreter, value: Value, at: Location): readonly Value[] | undefined {
  switch (value.kind) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      charge(py, value.items.length);
      return value.items;
    case 'dict': {
      charge(py, value.entries.size);
      const entries = [...value.entries.values()];
      return entries.some((one) => mayBeAbsent(one.value)) ? undefined : entries.map((one) => one.key);
    }
    case 'str':
      charge(py, value.value.length);
      return value.value.length > LIMITS.items
        ? undefined
        : Array.from(value.value, (char) => strValue(char, value.origin));
    case 'bytes':
      charge(py, value.value.length);
      return value.value.length > LIMITS.items
        ? undefined
        : Array.from(value.value, (char) => intValue(char.charCodeAt(0), value.origin));
    case 'instance': {
      const left = value.attributes.get('#items');
      if (left !== undefined && 'items' in left) {
        charge(py, left.items.length);
        const all = [...left.items];
        touch(py, left);
        left.items = [];
        return all;
      }
      const method = value.class.attributes.get('__iter__');
      if (method === undefined) return undefined;
      const iterator = py.call(py.attribute(value, '__iter__', at), { positional: [], keywords: new Map(), at });
      return iterator.kind === 'instance' && !iterator.attributes.has('#items')
        ? undefined
        : iterateOpen(py, iterator, at);
    }
    case 'class': {
      const members = value.attributes.get('#members');
      return members !== undefined && 'items' in members ? members.items : undefined;
    }
    default:
      return undefined;
  }
}
