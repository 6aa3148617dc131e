import type { TSESTree } from '@typescript-eslint/types';
import type { Engine } from './engine.js';
import type { Call, Placed, Use } from './javascript-program.js';
import { functionsAround, isClass, isFunction } from './syntax.js';

/** Every call of what packages give, by package. */
export function findUses(js: Engine): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const { module, calls } of js.graph.modules)
    for (const node of calls) {
      const before: { package: string; key: string }[] = [];
      for (const point of js.follow({ module, node: node.callee }, undefined)) {
        if (point.kind !== 'package') continue;
        const key = `${point.subpath} ${point.steps.join(' ')} ${point.call?.node.range[0] ?? ''} ${point.call?.module.path ?? ''}`;
        if (before.some((one) => one.package === point.package && one.key === key)) continue;
        before.push({ package: point.package, key });
        const use: Use = {
          module,
          node,
          package: point.package,
          subpath: point.subpath,
          steps: point.steps,
          receiver: point.call,
          within: functionsAround(node),
        };
        const there = uses.get(point.package);
        if (there === undefined) uses.set(point.package, [use]);
        else there.push(use);
      }
    }
  return uses;
}

/** The calls of each function of the repository, and the constructions of each class (under the class and its constructor). */
export function findCalls(js: Engine): ReadonlyMap<TSESTree.Node, readonly Placed<Call>[]> {
  const calls = new Map<TSESTree.Node, Placed<Call>[]>();
  const add = (fn: TSESTree.Node, call: Placed<Call>): void => {
    const there = calls.get(fn);
    if (there === undefined) calls.set(fn, [call]);
    else if (!there.some((one) => one.node === call.node)) there.push(call);
  };
  for (const { module, calls: nodes } of js.graph.modules)
    for (const node of nodes) {
      const call = { module, node };
      if (node.callee.type === 'Super') {
        const parent = classAround(node)?.superClass;
        if (parent !== null && parent !== undefined)
          for (const point of js.follow({ module, node: parent }, undefined))
            if (point.kind === 'repository' && isClass(point.at.node)) addClass(point.at.node, call, add);
        continue;
      }
      for (const point of js.follow({ module, node: node.callee }, undefined)) {
        if (point.kind !== 'repository' || point.steps.length > 0) continue;
        if (isFunction(point.at.node)) add(point.at.node, call);
        else if (isClass(point.at.node)) addClass(point.at.node, call, add);
      }
    }
  return calls;
}

function addClass(
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  call: Placed<Call>,
  add: (fn: TSESTree.Node, call: Placed<Call>) => void,
): void {
  add(node, call);
  for (const member of node.body.body)
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') add(member.value, call);
}

function classAround(node: TSESTree.Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) if (isClass(at)) return at;
  return undefined;
}
