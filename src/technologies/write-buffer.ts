import { nodesAbove } from '../parse/javascript/parents.js';
import { walkJavaScript, type Node } from '../parse/javascript/walk.js';
import { nameOf } from './javascript-place.js';

/** A value from which something that collects begins anew: `[]`, `new Map()`, `_.cloneDeep(empty)`, `_.omit(pending, written)`. */
export function isAnew(value: Node | undefined): boolean {
  switch (value?.type) {
    case 'ObjectExpression':
      return value.properties.length === 0;
    case 'ArrayExpression':
      return value.elements.length === 0;
    case 'NewExpression':
      return value.arguments.length === 0;
    case 'CallExpression':
      return /^(?:create|clone|cloneDeep|structuredClone|omit|slice|empty\w*)$/.test(nameOf(value.callee));
    default:
      return false;
  }
}

/** Given to a call, kept under another name, copied, gone through: read as a whole. */
export function isReadWhole([outer]: readonly Node[], node: Node): boolean {
  switch (outer?.type) {
    case 'CallExpression':
      return outer.callee !== node;
    case 'VariableDeclarator':
      return outer.init === node;
    case 'Property':
      return outer.value === node;
    case 'MemberExpression':
      return outer.object === node && /^(?:splice|slice|map|values|entries)$/.test(nameOf(outer.property));
    case 'ForOfStatement':
      return outer.right === node;
    default:
      return outer?.type === 'SpreadElement' || outer?.type === 'ArrayExpression' || outer?.type === 'AwaitExpression';
  }
}

/**
 * Whether a function takes along what was collected from outside of it, and begins anew:
 * `const rows = this.rows; this.rows = []; await insert(rows)`. Each process does so with what it collected itself.
 */
export function takesAlong(fn: Node, tree: Node): boolean {
  const anew = new Set<string>();
  const whole = new Set<string>();
  const own = new Set<string>();
  walkJavaScript(fn, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') own.add(node.id.name);
    if (node.type === 'AssignmentExpression' && node.operator === '=' && isAnew(node.right))
      anew.add(keptIn(node.left));
    const name = keptIn(node);
    if (name !== '' && isReadWhole(nodesAbove(tree, node), node)) whole.add(name);
  });
  return [...anew].some((name) => name !== '' && whole.has(name) && !own.has(name));
}

/** `rows` and `this.rows`; '' for anything else. */
function keptIn(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && !node.computed
    ? `this.${nameOf(node.property)}`
    : '';
}
