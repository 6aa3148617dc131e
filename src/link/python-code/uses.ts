import type { Expression } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { CodeEngine } from './engine.js';
import type { PythonModule, PythonPlace } from './python-code.js';
import { scopesOf } from './scopes.js';

/** Where other modules name what a module holds: `from a import x` and then `x`, `a.x` of a module that is imported whole. */
export function usesOf(engine: CodeEngine, of: PythonModule, name: string): readonly PythonPlace<Expression>[] {
  const found: PythonPlace<Expression>[] = [];
  for (const path of engine.pathsWith(name)) {
    if (path === of.path) continue;
    const module = engine.moduleAt(path);
    if (module === undefined) continue;
    const scopes = scopesOf(module.document);
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Name') {
        const binding = scopes.lookUp(node.id, scopes.scopeOf(node));
        for (const one of binding?.definitions ?? []) {
          if (one.kind !== 'import' || one.member !== name) continue;
          const from = engine.imported(path, one.level, one.module);
          if (from.kind === 'module' && from.path === of.path) found.push({ module, node });
        }
      } else if (node.type === 'Attribute' && node.attr === name && isModule(engine, module, node.value, of))
        found.push({ module, node });
    });
  }
  return found;
}

/** Whether an expression names a module of the repository as a whole. */
function isModule(engine: CodeEngine, module: PythonModule, node: Expression, wanted: PythonModule): boolean {
  if (node.type === 'Attribute') return node.attr === wanted.name.split('.').at(-1) && dotted(node) === wanted.name;
  if (node.type !== 'Name') return false;
  const scopes = scopesOf(module.document);
  return (scopes.lookUp(node.id, scopes.scopeOf(node))?.definitions ?? []).some((one) => {
    if (one.kind !== 'import') return false;
    const named =
      one.member === undefined ? one.module : one.module === '' ? one.member : `${one.module}.${one.member}`;
    const from = engine.imported(module.path, one.level, named);
    return from.kind === 'module' && from.path === wanted.path;
  });
}

function dotted(node: Expression): string {
  if (node.type === 'Name') return node.id;
  return node.type === 'Attribute' ? `${dotted(node.value)}.${node.attr}` : '';
}
