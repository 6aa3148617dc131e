import type { Document } from '../../parse/document.js';
import type { Expression, Module, Name, Statement } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';

/** A variable of the module that could hold state. */
export interface Variable {
  readonly name: string;
  /** `container` can be changed in place; `plain` (a number, None, a text) only by a `global` statement. */
  readonly kind: 'container' | 'counter' | 'plain';
  readonly target: Name;
}

/** Calls that make an empty or filled container; values that expire or are bounded elsewhere are left out. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'dict',
  'list',
  'set',
  'defaultdict',
  'OrderedDict',
  'deque',
  'Counter',
]);

/** Variables that the module binds exactly once at its top level, and whether in a form that functions can change. */
export function variablesOf(document: Document<Module>): ReadonlyMap<string, Variable> {
  const collections = importedFrom(document, 'collections');
  const found = new Map<string, Variable>();
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.type === 'Assign') for (const target of statement.targets) add(target, statement.value);
      else if (statement.type === 'AnnAssign' && statement.value !== null) add(statement.target, statement.value);
      else if (statement.type === 'If' || statement.type === 'Try') visit([...statement.body, ...statement.orelse]);
    }
  };
  const add = (target: Expression, value: Expression): void => {
    if (target.type !== 'Name') return;
    const kind = kindOf(value, collections);
    if (kind !== undefined) found.set(target.id, { name: target.id, kind, target });
    else found.delete(target.id);
  };
  visit(document.tree.body);
  return found;
}

export function kindOf(value: Expression, collections: ReadonlySet<string>): Variable['kind'] | undefined {
  switch (value.type) {
    case 'Dict':
    case 'List':
    case 'Set':
      return 'container';
    case 'Comprehension':
      return value.kind === 'generator' ? undefined : 'container';
    case 'Constant':
      return 'plain';
    case 'Call': {
      const callee =
        value.func.type === 'Attribute' ? value.func.attr : value.func.type === 'Name' ? value.func.id : '';
      if (!CONTAINERS.has(callee)) return undefined;
      const builtIn = callee === 'dict' || callee === 'list' || callee === 'set';
      const qualified =
        value.func.type === 'Attribute' && value.func.value.type === 'Name' && value.func.value.id === 'collections';
      if (!qualified && !(builtIn && value.func.type === 'Name') && !collections.has(callee)) return undefined;
      return callee === 'Counter' ? 'counter' : 'container';
    }
    default:
      return undefined;
  }
}

/** Names that a module imports from another: `Counter` is no collection where it comes from prometheus_client. */
export function importedFrom(document: Document<Module>, source: string): ReadonlySet<string> {
  const names = new Set<string>();
  // Looking for the word first saves a walk through nearly every file.
  if (!document.text.includes(source)) return names;
  walkPython(document.tree, (node) => {
    if (node.type === 'ImportFrom' && node.module === source && node.level === 0)
      for (const { name, asname } of node.names) names.add(asname ?? name);
  });
  return names;
}
