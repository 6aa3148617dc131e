import type { Program } from '../../link/program.js';
import type { Document } from '../../parse/document.js';
import type { ClassDef, Expression, Module } from '../../parse/python/ast.js';
import { dottedName, importsOf, type Imports } from './imports.js';
import { definitionOf } from './lineage.js';
import { modulePath } from './module-path.js';

/** What a class, or the nearest of its bases in the repository, says an attribute is. */
export interface ClassAttribute {
  readonly document: Document<Module>;
  readonly imports: Imports;
  readonly value: Expression;
}

const STEPS = 12;

/** An attribute that is set in the body of a class, or what a property of that name returns. */
export function classAttribute(
  program: Program,
  name: string,
  attribute: string,
  steps = STEPS,
): ClassAttribute | undefined {
  const dot = name.lastIndexOf('.');
  if (dot < 0 || steps === 0) return undefined;
  const module = name.slice(0, dot);
  const path = modulePath(program, module);
  const document = path === undefined ? undefined : program.documents.get<Module>(path, 'python');
  if (document === undefined) return undefined;
  const imports = importsOf(document, module);
  const follow = (dotted: string | undefined): ClassAttribute | undefined => {
    const full = dotted?.includes('.') === false ? `${module}.${dotted}` : dotted;
    return full === undefined || full === name ? undefined : classAttribute(program, full, attribute, steps - 1);
  };
  const definition = definitionOf(document.tree.body, name.slice(dot + 1));
  if (definition === undefined) return follow(imports.get(name.slice(dot + 1)));
  if (definition.type === 'Assign') return follow(dottedName(definition.value, imports));
  const value = ownAttribute(definition, attribute);
  if (value !== undefined) return { document, imports, value };
  for (const base of definition.bases) {
    const found = follow(dottedName(base, imports));
    if (found !== undefined) return found;
  }
  return undefined;
}

export function ownAttribute(definition: ClassDef, attribute: string): Expression | undefined {
  for (const statement of definition.body) {
    if (statement.type === 'Assign') {
      if (statement.targets.some((target) => target.type === 'Name' && target.id === attribute)) return statement.value;
    } else if (statement.type === 'AnnAssign') {
      if (statement.target.type === 'Name' && statement.target.id === attribute && statement.value !== null)
        return statement.value;
    } else if (statement.type === 'FunctionDef' && statement.name === attribute) {
      const last = statement.body.at(-1);
      const isProperty = statement.decorators.some(
        (one) => one.type === 'Name' && /^(?:cached_)?property$/.test(one.id),
      );
      if (isProperty && last?.type === 'Return' && last.value !== null) return last.value;
    }
  }
  return undefined;
}
