import { findInClass } from './class-order.js';
import { truth } from './truth.js';
import { type Interpreter, charge } from './interpreter.js';
import type { CompareOperator } from '../../parse/python/ast.js';
import { type Value, keyOf } from '../value.js';
import type { Location } from '../../location.js';
import { derived, boolValue, unknownValue } from './values.js';
import { spread } from './spread.js';
import { isIdentical, equals } from './equals.js';
import { mayBeAbsent } from './journal.js';
import { order } from './order.js';

export function compare(py: Interpreter, op: CompareOperator, a: Value, b: Value, at: Location): Value {
  charge(py);
  const origin = derived(at, a, b);
  const outcome = relation(py, op, a, b, at);
  if (typeof outcome === 'boolean') return boolValue(outcome, origin);
  if (outcome !== undefined) return outcome;
  const open = spread(at, [a, b], ([x = a, y = b]) => compare(py, op, x, y, at));
  return open ?? unknownValue(`the outcome of a comparison (${op}) is not known`, origin);
}

function relation(py: Interpreter, op: CompareOperator, a: Value, b: Value, at: Location): boolean | Value | undefined {
  switch (op) {
    case 'is':
      return isIdentical(a, b);
    case 'is not':
      return negated(isIdentical(a, b));
    case '==':
      return overloadedEquality(py, a, b, at) ?? equals(a, b);
    case '!=':
      return negated(equals(a, b));
    case 'in':
      return overloadedContains(py, a, b, at) ?? contains(py, b, a);
    case 'not in': {
      const inside = overloadedContains(py, a, b, at);
      return negated(inside === undefined ? contains(py, b, a) : truth(inside));
    }
    default:
      return ordered(op, a, b);
  }
}

function overloadedEquality(py: Interpreter, a: Value, b: Value, at: Location): Value | undefined {
  if (a.kind !== 'instance' || !a.class.attributes.has('__eq__')) return undefined;
  return py.call(py.attribute(a, '__eq__', at), { positional: [b], keywords: new Map(), at });
}

function overloadedContains(py: Interpreter, item: Value, container: Value, at: Location): Value | undefined {
  if (container.kind !== 'instance' || findInClass(container.class, '__contains__').found === undefined)
    return undefined;
  return py.call(py.attribute(container, '__contains__', at), { positional: [item], keywords: new Map(), at });
}

const negated = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

/** `item in container`; undefined where it is not known. */
export function contains(py: Interpreter, container: Value, item: Value): boolean | undefined {
  if (item.kind === 'unknown') return 'items' in container && container.items.length === 0 ? false : undefined;
  if (container.kind === 'str') return item.kind === 'str' ? container.value.includes(item.value) : undefined;
  if (container.kind === 'bytes') return item.kind === 'bytes' ? container.value.includes(item.value) : undefined;
  if (container.kind === 'dict') {
    const key = keyOf(item);
    if (key === undefined) return undefined;
    const found = container.entries.get(key);
    if (found !== undefined) return mayBeAbsent(found.value) ? undefined : true;
    return false;
  }
  if ('items' in container) {
    charge(py, container.items.length);
    let outcome: boolean | undefined = false;
    for (const one of container.items) {
      const same = equals(one, item);
      if (same === true) return true;
      if (same === undefined) outcome = undefined;
    }
    return outcome;
  }
  return undefined;
}

export function ordered(op: CompareOperator, a: Value, b: Value): boolean | undefined {
  const sign = order(a, b);
  if (sign === undefined) return undefined;
  switch (op) {
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
    default:
      return undefined;
  }
}
