import { unknown, type Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, NOWHERE, text, type Value } from '../../link/value.js';
import { locate, type Document } from '../../parse/document.js';
import type { Call, Expression, Module } from '../../parse/python-ast.js';
import { diskStoragesOf } from './disk-storages.js';
import { definitionOf } from './lineage.js';
import { dottedName, importsOf, type Imports } from './imports.js';
import type { DjangoSettings } from './settings.js';
import { ofClass, storageOf, type Storage } from './storages.js';
import { fileFieldsOf } from './upload-use.js';

export interface ExplicitStorage extends Storage {
  readonly location: Location;
  readonly setting: string;
}

/**
 * Storages past the default one: those that fields name (`FileField(storage=...)`), each once, and disks that functions
 * save to. A disk without a folder of its own is the default storage where that is a disk, too.
 */
export function explicitStorages(
  program: Program,
  settings: DjangoSettings,
  isDefaultLocal: boolean,
): readonly ExplicitStorage[] {
  const found = new Map<string, ExplicitStorage>();
  for (const { document, call, imports } of fileFieldsOf(program)) {
    const storage = call.keywords.find(({ name }) => name === 'storage')?.value;
    if (storage === undefined || (storage.type === 'Constant' && storage.kind === 'none')) continue;
    const resolved = resolve(program, settings, document, imports, storage, 3);
    // The default storage by another name is no storage of its own.
    if (resolved === undefined) continue;
    const written = document.text.slice(storage.start, storage.end).replace(/\s+/g, ' ');
    const key = `${written}\0${JSON.stringify(resolved.path)}\0${JSON.stringify(resolved.store)}`;
    if (!found.has(key))
      found.set(key, { ...resolved, location: locate(document, storage), setting: `storage=${written}` });
  }
  for (const { document, call, location } of diskStoragesOf(program)) {
    const folder = folderOf(settings, call);
    if (folder === undefined && isDefaultLocal) continue;
    const storage = ofClass(program, settings, 'django.core.files.storage.FileSystemStorage', '', folder);
    const written = document.text.slice(call.start, call.end).replace(/\s+/g, ' ');
    found.set(`${document.path}:${call.start}`, { ...storage, location, setting: written });
  }
  return [...found.values()];
}

/** Undefined where it is the default storage. */
function resolve(
  program: Program,
  settings: DjangoSettings,
  document: Document<Module>,
  imports: Imports,
  expression: Expression,
  steps: number,
): Storage | undefined {
  const reason = `what the storage ${document.text.slice(expression.start, expression.end)} is cannot be told`;
  const open: Storage = { store: unknown(reason), scope: unknown(reason), evidence: [] };
  if (expression.type === 'Call') {
    const name = dottedName(expression.func, imports);
    if (name === undefined) return open;
    if (name.endsWith('.DefaultStorage')) return undefined;
    return ofClass(program, settings, inModule(document, name), reason, folderOf(settings, expression));
  }
  if (expression.type === 'Subscript') {
    const alias =
      expression.slice.type === 'Constant' && expression.slice.kind === 'str' ? expression.slice.value : undefined;
    if (dottedName(expression.value, imports) !== 'django.core.files.storage.storages' || alias === undefined)
      return open;
    if (alias === 'default') return undefined;
    const named = entry(settings.get('STORAGES'), alias);
    const backEnd = entry(named, 'BACKEND');
    return backEnd === undefined
      ? open
      : storageOf(program, settings, backEnd, `STORAGES["${alias}"]`, entry(entry(named, 'OPTIONS'), 'location'));
  }
  const name = dottedName(expression, imports);
  if (name === undefined) return open;
  if (/\.(default_storage|DefaultStorage)$/.test(name)) return undefined;
  const local = expression.type === 'Name' ? definitionOf(document.tree.body, expression.id) : undefined;
  if (local?.type === 'Assign' && steps > 0)
    return resolve(program, settings, document, imports, local.value, steps - 1);
  if (local?.type === 'ClassDef') return ofClass(program, settings, inModule(document, name), reason, undefined);
  return elsewhere(program, settings, name, steps) ?? ofClass(program, settings, name, reason, undefined);
}

/** A storage made in another module of the project and imported. */
function elsewhere(program: Program, settings: DjangoSettings, name: string, steps: number): Storage | undefined {
  const dot = name.lastIndexOf('.');
  const path = dot < 0 ? undefined : program.python.resolve(name.slice(0, dot));
  const document = path === undefined ? undefined : program.documents.get<Module>(path, 'python');
  const definition = document === undefined ? undefined : definitionOf(document.tree.body, name.slice(dot + 1));
  if (document === undefined || definition?.type !== 'Assign' || steps === 0) return undefined;
  const imports = importsOf(document, name.slice(0, dot));
  return resolve(program, settings, document, imports, definition.value, steps - 1);
}

/** A bare name is a class of the same file. */
function inModule(document: Document, name: string): string {
  if (name.includes('.')) return name;
  return `${document.path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.')}.${name}`;
}

/** `FileSystemStorage(location=settings.PRIVATE_ROOT)`. */
function folderOf(settings: DjangoSettings, call: Call): Value | undefined {
  const folder = call.keywords.find(({ name }) => name === 'location')?.value ?? call.args[0];
  if (folder === undefined) return undefined;
  if (folder.type === 'Constant' && folder.kind === 'str') return { kind: 'str', value: folder.value, origin: NOWHERE };
  const setting =
    folder.type === 'Attribute' && folder.value.type === 'Name' && folder.value.id === 'settings'
      ? settings.get(folder.attr)
      : undefined;
  if (text(setting) !== undefined) return setting;
  return { kind: 'unknown', reason: 'it is computed in the code', origin: NOWHERE };
}
