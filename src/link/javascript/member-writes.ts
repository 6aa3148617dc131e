import type { TSESTree } from '@typescript-eslint/types';
import type { Engine } from './engine.js';
import type { Placed } from './javascript-program.js';
import { bare, keyName } from './syntax.js';

/** What is assigned to a member of an object (or function) by the name of the variable that holds it: `app.locals = ...`. */
export function assignedMembers(js: Engine, { module, node }: Placed, name: string): Placed[] {
  const variable = holder(js, { module, node });
  if (variable === undefined) return [];
  return variable.references.flatMap(({ identifier }): Placed[] => {
    const member = (identifier as TSESTree.Node).parent;
    if (member?.type !== 'MemberExpression' || member.object !== identifier) return [];
    const assignment = member.parent;
    if (assignment.type !== 'AssignmentExpression' || assignment.left !== member) return [];
    if (keyName(member.property, member.computed) !== name) return [];
    return [{ module, node: bare(assignment.right) }];
  });
}

function holder(js: Engine, { module, node }: Placed) {
  const scopes = js.graph.scopes(module);
  if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id !== null)
    return scopes.variableOf(node.id);
  let { parent } = node;
  while (parent !== undefined && bare(parent) !== parent) parent = parent.parent;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return scopes.variableOf(parent.id);
  // `const app = (module.exports = {})`
  while (parent?.type === 'AssignmentExpression') {
    if (parent.left.type === 'Identifier') return scopes.variableOf(parent.left);
    parent = parent.parent;
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return scopes.variableOf(parent.id);
  }
  return undefined;
}
