import type { TSESTree } from '@typescript-eslint/types';
import type { Engine } from './engine.js';
import type { Placed } from './javascript-program.js';
import type { ModuleIndex } from './module-index.js';
import type { Variable } from './scopes.js';
import { bare, isExports, isFunction, keyName } from './syntax.js';

/** Functions that hand an object on are followed no further than that. */
const DEEPEST = 3;

/**
 * What is written to a member of a module's exports under another name, there or by functions that are given them:
 * `const User = module.exports; User.get = ...; require('./data')(User);`.
 */
export function aliasedWrites(js: Engine, index: ModuleIndex, name: string): Placed[] {
  const { topVariables } = js.graph.scopes(index.module);
  return topVariables.filter(isAlias).flatMap((variable) => writesTo(js, { module: index.module, variable }, name, 0));
}

function isAlias({ defs }: Variable): boolean {
  const node = defs[0]?.node as TSESTree.Node | undefined;
  if (node?.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return false;
  // `const app = (exports = module.exports = {})`
  let init: TSESTree.Node | null = node.init;
  while (init !== null && bare(init).type === 'AssignmentExpression') {
    const assignment = bare(init) as TSESTree.AssignmentExpression;
    if (isExports(assignment.left)) return true;
    init = assignment.right;
  }
  return init !== null && isExports(bare(init));
}

interface Held {
  readonly module: Placed['module'];
  readonly variable: Variable;
}

function writesTo(js: Engine, { module, variable }: Held, name: string, depth: number): Placed[] {
  return variable.references.flatMap(({ identifier }): Placed[] => {
    const { parent } = identifier as TSESTree.Node;
    if (parent?.type === 'MemberExpression' && parent.object === identifier) {
      const assignment = parent.parent;
      const isWrite = assignment.type === 'AssignmentExpression' && assignment.left === parent;
      return isWrite && keyName(parent.property, parent.computed) === name
        ? [{ module, node: bare(assignment.right) }]
        : [];
    }
    if (parent?.type !== 'CallExpression' || depth >= DEEPEST) return [];
    const at = parent.arguments.indexOf(identifier as TSESTree.Identifier);
    if (at < 0 || bare(parent.callee).type !== 'CallExpression') return [];
    return js.follow({ module, node: parent.callee }, undefined).flatMap((point): Placed[] => {
      if (point.kind !== 'repository' || point.steps.length > 0 || !isFunction(point.at.node)) return [];
      const param = point.at.node.params[at];
      const own = param?.type === 'Identifier' ? js.graph.scopes(point.at.module).variableOf(param) : undefined;
      return own === undefined ? [] : writesTo(js, { module: point.at.module, variable: own }, name, depth + 1);
    });
  });
}
