import type { TSESTree } from '@typescript-eslint/types';
import { ownerOfThis } from './class-members.js';
import { unknownPoint, type Engine, type Frame, type Point } from './engine.js';
import type { Placed } from './javascript-program.js';
import { isClass, isFunction, keyName } from './syntax.js';

export function followThis(
  js: Engine,
  { module, node }: Placed<TSESTree.ThisExpression>,
  frame: Frame | undefined,
): readonly Point[] {
  const owner = ownerOfThis(node);
  if (owner === undefined) return [unknownPoint('this')];
  if (isClass(owner)) {
    const member = memberAround(node, owner);
    return [{ kind: 'repository', at: { module, node: owner }, steps: member?.static === true ? [] : ['new'], frame }];
  }
  if (owner.type === 'ObjectExpression') return [{ kind: 'repository', at: { module, node: owner }, steps: [], frame }];
  if (!isFunction(owner)) return [unknownPoint('this')];
  const { parent } = owner;
  // `Fn.prototype.name = function () { this }`, `object.name = function () { this }`
  if (parent.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression') {
    const { object } = parent.left;
    if (object.type === 'MemberExpression' && keyName(object.property, object.computed) === 'prototype')
      return js
        .follow({ module, node: object.object }, frame)
        .map((point) => (point.kind === 'unknown' ? point : { ...point, steps: [...point.steps, 'new'] }));
    return js.follow({ module, node: object }, frame);
  }
  return owner.type === 'FunctionDeclaration'
    ? [{ kind: 'repository', at: { module, node: owner }, steps: ['new'], frame }]
    : [unknownPoint('this of a function that is handed over')];
}

function memberAround(node: TSESTree.Node, owner: TSESTree.Node): { static: boolean } | undefined {
  let last: TSESTree.Node = node;
  for (let at = node.parent; at !== undefined && at !== owner; at = at.parent) {
    if (at.type === 'ClassBody') break;
    last = at;
  }
  if (last.type === 'StaticBlock') return { static: true };
  return last.type === 'PropertyDefinition' || last.type === 'MethodDefinition' ? last : undefined;
}
