import type { Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { locate, type Document } from '../../parse/document.js';
import type { Call, FunctionDef, Module } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { dottedName, importsOf } from './imports.js';
import { documentsWith } from './sources.js';

/** `FileSystemStorage(...)` made in a function that saves to it: local disk, whatever the default storage is. */
export interface DiskStorage {
  readonly document: Document<Module>;
  readonly call: Call;
  readonly location: Location;
}

export function diskStoragesOf(program: Program): readonly DiskStorage[] {
  return program.memo('django:disk-storages', () => {
    const found: DiskStorage[] = [];
    for (const document of documentsWith(program, /\bFileSystemStorage\(/)) {
      const imports = importsOf(document);
      walkPython(document.tree, (node, parents) => {
        if (node.type !== 'Call') return;
        const name = dottedName(node.func, imports);
        if (name !== 'django.core.files.storage.FileSystemStorage') return;
        const around = parents.findLast((parent) => parent.type === 'FunctionDef');
        if (around !== undefined && saves(around))
          found.push({ document, call: node, location: locate(document, node) });
      });
    }
    return found;
  });
}

/** Whether a function saves under a name: `storage.save(name, content)`, not the `save()` of a model. */
function saves(within: FunctionDef): boolean {
  let found = false;
  walkPython(within, (node) => {
    if (node.type === 'Call' && node.func.type === 'Attribute' && node.func.attr === 'save' && node.args.length === 2)
      found = true;
  });
  return found;
}
