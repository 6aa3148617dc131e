import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression, FunctionDef, Subscript } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { rowMemo } from './row-memo.js';

interface Put {
  readonly start: number;
  readonly value: Expression;
}

/** What was put into a dictionary before it is taken out: `context["books"]` after `context["books"] = ...` in the same function. */
export function putInto(
  program: Program,
  { module, node }: PythonPlace<Subscript>,
): PythonPlace<Expression> | undefined {
  if (node.value.type !== 'Name' || node.slice.type !== 'Constant' || node.slice.kind !== 'str') return undefined;
  const [fn] = program.pythonCode.functionsAround({ module, node });
  if (fn?.type !== 'FunctionDef') return undefined;
  const found = putIn(program, fn)
    .get(`${node.value.id} ${node.slice.value}`)
    ?.findLast(({ start }) => start < node.start);
  return found === undefined ? undefined : { module, node: found.value };
}

/** All that a function puts into dictionaries, by their names and keys. */
function putIn(program: Program, fn: FunctionDef): ReadonlyMap<string, readonly Put[]> {
  const known = rowMemo(program, 'django:put-into', () => new Map<FunctionDef, ReadonlyMap<string, readonly Put[]>>());
  const before = known.get(fn);
  if (before !== undefined) return before;
  const found = new Map<string, Put[]>();
  const add = (
    name: string,
    key: Expression | null | undefined,
    start: number,
    value: Expression | undefined,
  ): void => {
    if (key?.type !== 'Constant' || key.kind !== 'str' || value === undefined) return;
    const id = `${name} ${key.value}`;
    found.set(id, [...(found.get(id) ?? []), { start, value }]);
  };
  for (const statement of fn.body)
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda') return false;
      if (node.type !== 'Assign') return true;
      for (const target of node.targets)
        if (target.type === 'Subscript' && target.value.type === 'Name')
          add(target.value.id, target.slice, node.end, node.value);
        else if (target.type === 'Name' && node.value.type === 'Dict')
          for (const [i, key] of node.value.keys.entries()) add(target.id, key, node.end, node.value.values[i]);
      return true;
    });
  known.set(fn, found);
  return found;
}
