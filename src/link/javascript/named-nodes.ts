import type { TSESTree } from '@typescript-eslint/types';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { keyName } from './syntax.js';

interface Named {
  readonly members: Map<string, TSESTree.MemberExpression[]>;
  readonly made: Map<string, TSESTree.NewExpression[]>;
}

const known = new WeakMap<Node, Named>();

/** `….name`, `….#name` (asked for with its sign) and `…['name']` anywhere in a tree, in the order of the text. The tree is walked once. */
export function membersNamed(tree: Node, name: string): readonly TSESTree.MemberExpression[] {
  return namedIn(tree).members.get(name) ?? [];
}

/** `new Name(…)` anywhere in a tree, in the order of the text. The tree is walked once. */
export function madeNamed(tree: Node, name: string): readonly TSESTree.NewExpression[] {
  return namedIn(tree).made.get(name) ?? [];
}

function namedIn(tree: Node): Named {
  let named = known.get(tree);
  if (named !== undefined) return named;
  known.set(tree, (named = { members: new Map(), made: new Map() }));
  const { members, made } = named;
  walkJavaScript(tree, (node) => {
    if (node.type === 'MemberExpression') {
      const key = keyName(node.property, node.computed);
      if (key !== undefined) keep(members, key, node);
    } else if (node.type === 'NewExpression' && node.callee.type === 'Identifier') keep(made, node.callee.name, node);
  });
  return named;
}

function keep<T>(all: Map<string, T[]>, name: string, node: T): void {
  const there = all.get(name);
  if (there === undefined) all.set(name, [node]);
  else there.push(node);
}
