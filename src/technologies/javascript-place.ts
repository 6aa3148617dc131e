import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import { isFunction } from '../link/javascript/syntax.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import type { Node } from '../parse/javascript/walk.js';

/** The nodes that a place stands in, outermost first, itself left out. */
export function aboveOf({ module, node }: Placed): readonly Node[] {
  return [...nodesAbove(module.document.tree, node)].reverse();
}

export function at<N extends Node>(place: Placed, node: N): Placed<N> {
  return { module: place.module, node };
}

/** The name that what stands here is given: of its variable, property or class field; '' where it gets none. */
export function givenName(place: Placed): string {
  const above = aboveOf(place);
  for (let i = above.length - 1; i >= 0; i--) {
    const node = above[i];
    if (node === undefined || isFunction(node)) return '';
    if (node.type === 'VariableDeclarator') return nameOf(node.id);
    if (node.type === 'AssignmentExpression') return nameOf(node.left);
    if (node.type === 'PropertyDefinition' || node.type === 'Property') return nameOf(node.key);
    if (node.type === 'ExportDefaultDeclaration') return '';
    if (node.type === 'CallExpression' && i < above.length - 1 && !(above[i + 1]?.type === 'MemberExpression'))
      return '';
  }
  return '';
}

/** The last name of an expression: `b` of `a.b`, of `'b'` and of `b`. */
export function nameOf(node: Node): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  // `jobs[name]` is called by a value, not by its variable.
  if (node.type === 'MemberExpression')
    return node.computed && node.property.type !== 'Literal' ? '' : nameOf(node.property);
  if (node.type === 'CallExpression') return nameOf(node.callee);
  if (node.type === 'AwaitExpression') return nameOf(node.argument);
  return '';
}

/** A function as a person would name it: its own name, or the one it is given; '' where it has none. */
export function functionName(fn: Placed<FunctionNode>): string {
  if (fn.node.id !== null && fn.node.id !== undefined) return fn.node.id.name;
  const parent = aboveOf(fn).at(-1);
  if (parent === undefined) return '';
  if (parent.type === 'VariableDeclarator') return nameOf(parent.id);
  if (parent.type === 'AssignmentExpression') return nameOf(parent.left);
  if (parent.type === 'Property' || parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition')
    return nameOf(parent.key);
  return '';
}

/** What is called, as it is written, arguments left out and without line breaks: `prisma.user.updateMany`. */
export function written({ module, node }: Placed): string {
  const text = module.document.text.slice(node.range[0], node.range[1]).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

export function argument(
  place: Placed<TSESTree.CallExpression | TSESTree.NewExpression>,
  index: number,
): Placed<TSESTree.Expression> | undefined {
  const node = place.node.arguments[index];
  return node === undefined || node.type === 'SpreadElement' ? undefined : at(place, node);
}
