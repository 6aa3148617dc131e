import { type Interpreter, type Frame, LIMITS, LimitReached } from './interpreter.js';
import type { Expression } from '../../parse/python/ast.js';
import type { Location } from '../../location.js';
import type { Value } from '../value.js';
import { noneValue, originAt, unknownValue } from './values.js';
import { iterateOpen } from './iterate.js';
import { restOf } from './rest.js';

export function yielded(
  py: Interpreter,
  frame: Frame,
  node: Expression & { type: 'Yield' | 'YieldFrom' },
  at: Location,
): Value {
  const value = node.value === null ? noneValue(originAt(at)) : py.evaluate(frame, node.value);
  let scope: Frame | undefined = frame;
  while (scope?.kind === 'comprehension') scope = scope.outer;
  const given = scope?.yielded;
  if (given === undefined) return unknownValue('a value is yielded outside of a function', originAt(at));
  if (scope?.atYield !== undefined) scope.atYield(value);
  else if (node.type === 'Yield') given.push(value);
  else given.push(...(iterateOpen(py, value, at) ?? [restOf(value, at, 'what is yielded is not known')]));
  if (given.length > LIMITS.items) throw new LimitReached('a generator gives too many items');
  return noneValue(originAt(at));
}
