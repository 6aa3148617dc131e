import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { HeldBy, Row } from './held.js';
import { isSelf } from './rows-of-self.js';
import { rowMemo } from './row-memo.js';

/** Places that set one attribute. */
const MOST = 6;

export function isRequest(node: Expression): boolean {
  return (
    (node.type === 'Name' && node.id === 'request') ||
    (node.type === 'Attribute' && node.attr === 'request' && isSelf(node.value))
  );
}

/** `request.shop`: what a middleware or a decorator set it to, where all that can be told agree on a row of one model. */
export function setOnRequest(program: Program, name: string, depth: number, heldBy: HeldBy): Row | undefined {
  const known = rowMemo(program, 'django:rows-on-request', () => new Map<string, Row | undefined>());
  if (known.has(name)) return known.get(name);
  known.set(name, undefined);
  const given = setAnywhere(program).get(name) ?? [];
  if (given.length > MOST) return undefined;
  const rows = given.map((one) => heldBy(one, depth + 2)).filter((one) => one !== undefined);
  const [first] = rows;
  const row =
    first?.kind === 'row' && rows.every((one) => one.kind === 'row' && one.model === first.model)
      ? ({ kind: 'row', model: first.model, from: undefined, path: [] } as const)
      : undefined;
  known.set(name, row);
  return row;
}

function setAnywhere(program: Program): ReadonlyMap<string, readonly PythonPlace<Expression>[]> {
  return rowMemo(program, 'django:set-on-requests', () => {
    const found = new Map<string, PythonPlace<Expression>[]>();
    for (const module of program.pythonCode.modulesWith(/\brequest\.\w+[ \t]{0,9}=[^=]/))
      walkPython(module.document.tree, (node) => {
        if (node.type !== 'Assign') return;
        for (const target of node.targets) {
          if (target.type !== 'Attribute' || !isRequest(target.value)) continue;
          const all = found.get(target.attr) ?? [];
          found.set(target.attr, all);
          all.push({ module, node: node.value });
        }
      });
    return found;
  });
}
