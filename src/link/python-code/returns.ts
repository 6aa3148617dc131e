import type { Expression } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { PythonFunction } from './python-code.js';

const known = new WeakMap<PythonFunction, readonly Expression[] | undefined>();

/** What a function returns, but for `None`; undefined where it yields, or returns nothing. */
export function returnsOf(fn: PythonFunction): readonly Expression[] | undefined {
  if (fn.type === 'Lambda') return [fn.body];
  if (known.has(fn)) return known.get(fn);
  const found: Expression[] = [];
  let yields = false;
  for (const statement of fn.body) {
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda' || node.type === 'ClassDef') return false;
      if (node.type === 'Yield' || node.type === 'YieldFrom') yields = true;
      if (
        node.type === 'Return' &&
        node.value !== null &&
        !(node.value.type === 'Constant' && node.value.kind === 'none')
      )
        found.push(node.value);
      return true;
    });
  }
  const answer = yields || found.length === 0 ? undefined : found;
  known.set(fn, answer);
  return answer;
}
