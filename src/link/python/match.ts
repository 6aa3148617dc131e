import { isOpen } from './rest.js';
import type { Expression } from '../../parse/python/ast.js';
import { placeIn } from './place-in.js';
import type { Frame, Interpreter } from './interpreter.js';
import { equals } from './equals.js';
import { storeName } from './scope.js';
import type { Value } from '../value.js';

/** Whether a value fits a pattern, which binds its names; undefined where it is not known. */
export function matches(
  py: Interpreter,
  frame: Frame,
  pattern: Expression,
  subject: Value,
  evaluate: (part: Expression) => Value,
): boolean | undefined {
  const inner = (part: Expression, value: Value): boolean | undefined => matches(py, frame, part, value, evaluate);
  switch (pattern.type) {
    case 'Name':
      if (pattern.id !== '_') storeName(py, frame, pattern.id, subject, placeIn(frame, pattern));
      return true;
    case 'BinOp': {
      if (pattern.op !== '|') return equals(evaluate(pattern), subject);
      const left = inner(pattern.left, subject);
      return left === false ? inner(pattern.right, subject) : left;
    }
    case 'Tuple':
    case 'List': {
      if (subject.kind === 'unknown' || subject.kind === 'external') return undefined;
      if (subject.kind !== 'list' && subject.kind !== 'tuple') return false;
      if (isOpen(subject) || pattern.elts.some((one) => one.type === 'Starred')) return undefined;
      if (pattern.elts.length !== subject.items.length) return false;
      let outcome: boolean | undefined = true;
      for (const [i, part] of pattern.elts.entries()) {
        const item = subject.items[i];
        const one = item === undefined ? undefined : inner(part, item);
        if (one === false) return false;
        outcome = one === undefined ? undefined : outcome;
      }
      return outcome;
    }
    case 'Constant':
    case 'Attribute':
    case 'UnaryOp':
      return equals(evaluate(pattern), subject);
    default:
      return undefined;
  }
}
