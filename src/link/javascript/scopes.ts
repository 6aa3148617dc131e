import { createRequire } from 'node:module';
import type { TSESTree } from '@typescript-eslint/types';
import type * as ScopeManager from '@typescript-eslint/scope-manager';
import type { JavaScriptModule } from './javascript-program.js';

export type Variable = ScopeManager.Variable;
export type Reference = ScopeManager.Reference;

/** Which variable each name of a module means. */
export interface Scopes {
  variableOf(identifier: TSESTree.Node): Variable | undefined;
  /** The variable of the module's own scope. */
  top(name: string): Variable | undefined;
  /** The variables that a statement or declarator declares. */
  declaredBy(node: TSESTree.Node): readonly Variable[];
  readonly topVariables: readonly Variable[];
}

// It takes 70 ms to load: only when the first name is asked for.
const require = createRequire(import.meta.url);
let library: typeof ScopeManager | undefined;

export function scopesOf({ document }: JavaScriptModule): Scopes {
  const { analyze } = (library ??= require('@typescript-eslint/scope-manager') as typeof ScopeManager);
  const manager = analyze(document.tree, {
    sourceType: 'module',
    // The variables of the language itself are not needed.
    lib: [],
    jsxPragma: null,
  });
  const variables = new Map<TSESTree.Node, Variable>();
  const topScope = manager.scopes.find((scope) => scope.type === 'module') ?? manager.scopes[0];
  for (const scope of manager.scopes) {
    for (const reference of scope.references)
      if (reference.resolved !== null) variables.set(reference.identifier, reference.resolved);
    for (const variable of scope.variables) for (const name of variable.identifiers) variables.set(name, variable);
  }
  return {
    variableOf: (identifier) => variables.get(identifier),
    top: (name) => topScope?.set.get(name),
    declaredBy: (node) => manager.getDeclaredVariables(node),
    topVariables: topScope?.variables ?? [],
  };
}
