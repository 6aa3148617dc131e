import type { Expression, Node } from '../src/parse/python/ast.js';
import type { PythonParse } from '../src/parse/python/parser.js';
import { walkPython } from '../src/parse/python/walk.js';

/** What holds for the parse of every text: few errors, and spans within the text and within one another. */
export function checkParse(text: string, { tree, errors, comments }: PythonParse): void {
  if (errors.length > 20) throw new Error(`${errors.length} errors`);
  for (const { offset } of errors) within(offset, offset, 0, text.length);
  for (const { start, end } of comments) within(start, end, 0, text.length);
  walkPython(tree, (node, parents) => {
    const parent = parents.at(-1);
    within(node.start, node.end, 0, text.length);
    if (parent === undefined || isDecorator(node, parent)) return;
    within(node.start, node.end, parent.start, parent.end);
  });
}

const isDecorator = (node: Node, parent: Node): boolean =>
  (parent.type === 'FunctionDef' || parent.type === 'ClassDef') && parent.decorators.includes(node as Expression);

function within(start: number, end: number, low: number, high: number): void {
  if (!(low <= start && start <= end && end <= high)) throw new Error(`${start}-${end} is not within ${low}-${high}`);
}
