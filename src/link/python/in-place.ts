import { type Interpreter, charge, LIMITS } from './interpreter.js';
import type { BinaryOperator } from '../../parse/python/ast.js';
import type { Value } from '../value.js';
import type { Location } from '../../location.js';
import { tooLarge } from './too-large.js';
import { touch } from './journal.js';
import { changed } from './changed.js';
import { isSet } from './is-set.js';
import { binary } from './binary.js';

/** `a += b` on containers changes them in place; undefined where it is `a = a + b`. */
export function inPlace(
  py: Interpreter,
  op: BinaryOperator,
  a: Value,
  b: readonly Value[] | undefined,
  other: Value,
  at: Location,
): Value | undefined {
  if (a.kind === 'list' && op === '+' && b !== undefined) {
    charge(py, b.length);
    if (a.items.length + b.length > LIMITS.items) return tooLarge(at, a, other);
    touch(py, a);
    a.items.push(...b);
    return changed(a, at, other);
  }
  if (a.kind === 'dict' && op === '|' && other.kind === 'dict') {
    touch(py, a);
    for (const [spelling, one] of other.entries) a.entries.set(spelling, one);
    return changed(a, at, other);
  }
  if (a.kind === 'set' && isSet(other) && (op === '|' || op === '&' || op === '-' || op === '^')) {
    const outcome = binary(py, op, a, other, at);
    if (outcome.kind !== 'set') return undefined;
    touch(py, a);
    a.items = outcome.items;
    return changed(a, at, other);
  }
  return undefined;
}
