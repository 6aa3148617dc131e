import type { Document } from '../../parse/document.js';
import type { Expression, Module } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';

/** What the names that a file imports stand for, as dotted names: `{cache: 'django.core.cache.cache'}`. */
export type Imports = ReadonlyMap<string, string>;

const known = new WeakMap<Document, Map<string, Imports>>();

/** `module` is the dotted name of the file, for relative imports; where it is not given the path stands in for it. */
export function importsOf(document: Document<Module>, module = moduleOf(document.path)): Imports {
  const ofDocument = known.get(document) ?? new Map<string, Imports>();
  known.set(document, ofDocument);
  const before = ofDocument.get(module);
  if (before !== undefined) return before;
  const names = new Map<string, string>();
  const isPackage = document.path.endsWith('__init__.py');
  walkPython(document.tree, (node) => {
    if (node.type === 'Import') {
      for (const { name, asname } of node.names) {
        if (asname !== null) names.set(asname, name);
        else names.set(firstPart(name), firstPart(name));
      }
    } else if (node.type === 'ImportFrom') {
      const from = absolute(module, isPackage, node.level, node.module);
      for (const { name, asname } of node.names) if (name !== '*') names.set(asname ?? name, `${from}.${name}`);
    }
  });
  ofDocument.set(module, names);
  return names;
}

/** The modules of which a file takes every name, the last first: what they have in common is the last one's. */
export function starredBy(document: Document<Module>, module = moduleOf(document.path)): readonly string[] {
  const found: string[] = [];
  const isPackage = document.path.endsWith('__init__.py');
  walkPython(document.tree, (node) => {
    if (node.type === 'ImportFrom' && node.names.some(({ name }) => name === '*'))
      found.unshift(absolute(module, isPackage, node.level, node.module));
  });
  return found;
}

/** The dotted name that an expression spells, through the imports of its file: `storage.S3` becomes `shop.storage.S3`. */
export function dottedName(expression: Expression, imports: Imports): string | undefined {
  if (expression.type === 'Name') return imports.get(expression.id) ?? expression.id;
  if (expression.type !== 'Attribute') return undefined;
  const left = dottedName(expression.value, imports);
  return left === undefined ? undefined : `${left}.${expression.attr}`;
}

export function moduleOf(path: string): string {
  return path
    .replace(/(\/__init__)?\.py$/, '')
    .split('/')
    .join('.');
}

function absolute(module: string, isPackage: boolean, level: number, name: string): string {
  if (level === 0) return name;
  const parts = module.split('.');
  const base = parts.slice(0, parts.length - (isPackage ? level - 1 : level));
  return [...base, ...(name === '' ? [] : [name])].join('.');
}

function firstPart(name: string): string {
  return name.split('.', 1)[0] ?? name;
}
