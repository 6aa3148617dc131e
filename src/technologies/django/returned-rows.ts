import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { HeldBy, QuerySet, Row } from './held.js';
import { ANYTHING } from './queryset-methods.js';
import { rowMemo } from './row-memo.js';

/** Steps of one question. */
export const DEEPEST = 45;

/** What a function gives; asked once, as functions that call each other would be asked over and over. */
export function givenBy(
  program: Program,
  fn: PythonPlace<FunctionDef>,
  depth: number,
  heldBy: HeldBy,
): QuerySet | Row | undefined {
  if (depth > DEEPEST) return undefined;
  const known = rowMemo(program, 'django:returned', () => new Map<FunctionDef, QuerySet | Row | undefined>());
  if (known.has(fn.node)) return known.get(fn.node);
  known.set(fn.node, undefined);
  const given = resultOf(fn, depth, heldBy);
  known.set(fn.node, given);
  return given;
}

export function returnedBy(
  program: Program,
  fn: PythonPlace<FunctionDef>,
  depth: number,
  heldBy: HeldBy,
): QuerySet | undefined {
  const given = givenBy(program, fn, depth, heldBy);
  return given?.kind === 'queryset' ? given : undefined;
}

/** Where all that it returns is the same query but for what narrows it, or a row of one model. */
function resultOf(fn: PythonPlace<FunctionDef>, depth: number, heldBy: HeldBy): QuerySet | Row | undefined {
  const results: Expression[] = [];
  for (const statement of fn.node.body)
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda' || node.type === 'ClassDef') return false;
      if (node.type === 'Return' && node.value !== null && !isNothing(node.value)) results.push(node.value);
      return true;
    });
  const held = results.map((node) => heldBy({ module: fn.module, node }, depth + 2));
  const [one] = held;
  if (one?.kind === 'row')
    return held.every((other) => other?.kind === 'row' && other.model === one.model)
      ? { kind: 'row', model: one.model, from: undefined, path: [] }
      : undefined;
  const all = held.filter((other) => other?.kind === 'queryset');
  // What is returned for nobody or for a schema alone says nothing.
  const sets = all.filter((one) => one.empty !== true);
  const [first] = sets;
  if (first === undefined || sets.some((one) => one.model !== first.model)) return undefined;
  // `return hook(user)` of what somebody may plug in: rows of the same kind, and nobody knows what comes with them.
  const open = held.some(
    (one, i) => one === undefined && /^(?:Call|Name|Attribute|Subscript)$/.test(results[i]?.type ?? ''),
  );
  if (all.length < held.length && (!open || held.some((one) => one !== undefined && one.kind !== 'queryset')))
    return undefined;
  const brought = [...first.brought].filter((name) => sets.every((one) => one.brought.has(name)));
  if (sets.some((one) => one.brought.has(ANYTHING))) brought.push(ANYTHING);
  return {
    ...first,
    brought: new Set(brought),
    filtered: open || sets.some((one) => one.filtered),
    opaque: open || sets.some((one) => one.opaque),
  };
}

/** `None` and empty lists, which are no rows of anything. */
export function isNothing(node: Expression): boolean {
  return (node.type === 'Constant' && node.kind === 'none') || (node.type === 'List' && node.elts.length === 0);
}
