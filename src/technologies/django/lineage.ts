import type { Evidence } from '../../location.js';
import type { Program } from '../../link/program.js';
import { locate } from '../../parse/document.js';
import type { ClassDef, Module, Statement } from '../../parse/python/ast.js';
import { dottedName, importsOf, starredBy } from './imports.js';
import { modulePath } from './module-path.js';

export interface Lineage<T> {
  readonly known: T;
  /** The dotted name that is known. */
  readonly name: string;
  /** The classes of the project on the way, nearest first. */
  readonly through: readonly Evidence[];
}

/** More steps than any real chain of base classes and re-exports has. */
const STEPS = 12;

/**
 * Follows a dotted class name through the project to the first one that is known: the class itself, or the nearest of
 * its bases, whatever the subclass is called.
 */
export function lineageOf<T>(
  program: Program,
  name: string,
  lookUp: (name: string) => T | undefined,
  steps = STEPS,
  seen = new Set<string>(),
): Lineage<T> | undefined {
  const known = lookUp(name);
  if (known !== undefined) return { known, name, through: [] };
  const dot = name.lastIndexOf('.');
  if (dot < 0 || steps === 0 || seen.has(name)) return undefined;
  seen.add(name);
  const module = name.slice(0, dot);
  const own = name.slice(dot + 1);
  const path = modulePath(program, module);
  const document = path === undefined ? undefined : program.documents.get<Module>(path, 'python');
  if (document === undefined) return undefined;
  const imports = importsOf(document, module);
  const inModule = (dotted: string): string => (dotted.includes('.') ? dotted : `${module}.${dotted}`);

  const definition = definitionOf(document.tree.body, own);
  if (definition?.type === 'ClassDef') {
    for (const base of definition.bases) {
      const dotted = dottedName(base, imports);
      if (dotted === undefined || inModule(dotted) === name) continue;
      const found = lineageOf(program, inModule(dotted), lookUp, steps - 1, seen);
      if (found === undefined) continue;
      const here = {
        message: `${own} is a ${found.name.slice(found.name.lastIndexOf('.') + 1)}`,
        location: locate(document, { start: definition.nameStart, end: definition.nameStart + own.length }),
      };
      return { ...found, through: [here, ...found.through] };
    }
    return undefined;
  }
  if (definition?.type === 'Assign') {
    const dotted = dottedName(definition.value, imports);
    return dotted === undefined || inModule(dotted) === name
      ? undefined
      : lineageOf(program, inModule(dotted), lookUp, steps - 1, seen);
  }
  const imported = imports.get(own);
  if (imported !== undefined)
    return imported === name ? undefined : lineageOf(program, imported, lookUp, steps - 1, seen);
  for (const starred of starredBy(document, module)) {
    const found = lineageOf(program, `${starred}.${own}`, lookUp, steps - 1, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The class of the project that a dotted name stands for, with the document that holds it. */
export function definitionOf(
  body: readonly Statement[],
  name: string,
): ClassDef | Extract<Statement, { type: 'Assign' }> | undefined {
  let found: ReturnType<typeof definitionOf>;
  for (const statement of body) {
    if (statement.type === 'ClassDef' && statement.name === name) found = statement;
    else if (
      statement.type === 'Assign' &&
      statement.targets.some((target) => target.type === 'Name' && target.id === name)
    )
      found = statement;
    else if (statement.type === 'Try' || statement.type === 'If') {
      found = definitionOf([...statement.body, ...statement.orelse], name) ?? found;
    }
  }
  return found;
}
