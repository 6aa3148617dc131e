import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Comprehension, Expression, For, Node, While } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';

export type Loop = For | While | Comprehension;

/** What a loop goes over, or goes on by. */
export function iteratedBy(loop: Loop): Expression | undefined {
  return loop.type === 'For' ? loop.iter : loop.type === 'While' ? loop.test : loop.clauses[0]?.iter;
}

/** What a loop does each time round. */
export function bodyOf(loop: Loop): readonly Node[] {
  if (loop.type !== 'Comprehension') return loop.body;
  const [first, ...others] = loop.clauses;
  return [loop.element, ...(loop.value === null ? [] : [loop.value]), ...(first?.ifs ?? []), ...others];
}

/** `for book in books: return book` goes round once. */
export function endsAtOnce(loop: For | While): boolean {
  const last = loop.body.at(-1);
  return last?.type === 'Return' || last?.type === 'Break';
}

/** What stands before a `return` or `break` is done once, however long the loop is. */
export function leavesLoop(program: Program, place: PythonPlace, loop: Node): boolean {
  let inner: Node = place.node;
  for (const outer of program.pythonCode.above(place)) {
    if (inner.type === 'Return' || inner.type === 'Raise') return true;
    if (outer === loop) return false;
    const blocks =
      outer.type === 'If'
        ? [outer.body, outer.orelse]
        : outer.type === 'Try' || outer.type === 'With'
          ? [outer.body]
          : [];
    const block = blocks.find((one) => one.some((statement) => statement === inner));
    const last = block?.at(-1);
    if (last?.type === 'Return' || last?.type === 'Break' || last?.type === 'Raise') return true;
    inner = outer;
  }
  return false;
}

/** Whether an inner query mentions what the loop goes over; one that does not could be asked before, and mostly is a table. */
export function dependsOnLoop(place: PythonPlace<Expression>, loop: Loop): boolean {
  const names = new Set<string>();
  const targets =
    loop.type === 'For'
      ? [loop.target]
      : loop.type === 'While'
        ? [loop.test]
        : loop.clauses.map(({ target }) => target);
  for (const target of targets)
    walkPython(target, (node) => {
      if (node.type === 'Name') names.add(node.id);
    });
  let found = false;
  walkPython(place.node, (node) => {
    if (node.type === 'Name' && names.has(node.id)) found = true;
  });
  return found;
}
