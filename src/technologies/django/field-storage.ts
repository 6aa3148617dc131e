import { unknown, type Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, NOWHERE, text, type Value } from '../../link/value.js';
import { locate, type Document } from '../../parse/document.js';
import type { Call, Expression, FunctionDef, Module } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { FileField } from './file-fields.js';
import { dottedName, importsOf, type Imports } from './imports.js';
import { definitionOf } from './lineage.js';
import { modulePath } from './module-path.js';
import type { DjangoSettings } from './settings.js';
import { ofClass, storageOf, type Storage } from './storages.js';

export interface ExplicitStorage extends Storage {
  /** Where the deciding value stands: the entry of STORAGES, else the field. */
  readonly location: Location;
  readonly setting: string;
}

/** The storage that a field names itself; undefined where it is the default storage. */
export function storageOfField(
  program: Program,
  settings: DjangoSettings,
  field: FileField,
): ExplicitStorage | undefined {
  const { document, call, imports } = field;
  const storage = call.keywords.find(({ name }) => name === 'storage')?.value;
  if (storage === undefined || (storage.type === 'Constant' && storage.kind === 'none')) return undefined;
  const found = resolve({ program, settings, document, imports, steps: 4 }, storage);
  if (found === 'default') return undefined;
  const written = document.text.slice(storage.start, storage.end).replace(/\s+/g, ' ');
  return { location: locate(document, storage), setting: `storage=${written}`, ...found };
}

interface Place {
  readonly program: Program;
  readonly settings: DjangoSettings;
  readonly document: Document<Module>;
  readonly imports: Imports;
  /** How many names may still be followed. */
  readonly steps: number;
}

type Resolved = 'default' | (Storage & Partial<ExplicitStorage>);

function resolve(place: Place, expression: Expression): Resolved {
  const { program, settings, document, imports, steps } = place;
  const reason = `what the storage ${document.text.slice(expression.start, expression.end)} is cannot be told`;
  const open: Storage = { store: unknown(reason), scope: unknown(reason), evidence: [] };
  if (steps === 0) return open;
  if (expression.type === 'Subscript') return ofAlias(place, expression.value, expression.slice) ?? open;
  const callee = expression.type === 'Call' ? expression.func : expression;
  const name = dottedName(callee, imports);
  if (name === undefined) return open;
  if (/^django\.core\.files\.storage\.(default_storage|DefaultStorage)$/.test(name)) return 'default';
  const known = definition(place, callee);
  if (known?.found.type === 'FunctionDef') return returned(known.place, known.found) ?? open;
  if (known?.found.type === 'Assign') return resolve(known.place, known.found.value);
  // A class is called to make the storage, or given for Django to call.
  const folder = expression.type === 'Call' ? folderOf(settings, expression) : undefined;
  return ofClass(program, settings, name.includes('.') ? name : `${moduleOfFile(document)}.${name}`, reason, folder);
}

/** `storages["private"]`. */
function ofAlias({ settings, program, imports }: Place, base: Expression, key: Expression): Resolved | undefined {
  const alias = key.type === 'Constant' && key.kind === 'str' ? key.value : undefined;
  if (alias === undefined || dottedName(base, imports) !== 'django.core.files.storage.storages') return undefined;
  if (alias === 'default') return 'default';
  const named = entry(settings.get('STORAGES'), alias);
  const backEnd = entry(named, 'BACKEND');
  if (backEnd === undefined) return undefined;
  const setting = `STORAGES["${alias}"]`;
  const storage = storageOf(program, settings, backEnd, setting, entry(entry(named, 'OPTIONS'), 'location'));
  const location = backEnd.origin.locations[0];
  return { ...storage, setting, ...(location === undefined ? {} : { location }) };
}

/** What a function gives where all its ways out give the same. */
function returned(place: Place, definition: FunctionDef): Resolved | undefined {
  const values: Expression[] = [];
  walkPython(definition, (node) => {
    if (node.type === 'Return' && node.value !== null) values.push(node.value);
  });
  const [first, ...rest] = values.map((value) => resolve({ ...place, steps: place.steps - 1 }, value));
  return rest.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : undefined;
}

/** The function or assignment of the project that a name stands for, here or in the module it is imported from. */
function definition(place: Place, callee: Expression) {
  const { program, document, imports, steps } = place;
  if (callee.type === 'Name' && !imports.has(callee.id)) {
    const found = functionOrAssign(document.tree, callee.id);
    return found === undefined ? undefined : { found, place: { ...place, steps: steps - 1 } };
  }
  const name = dottedName(callee, imports) ?? '';
  const dot = name.lastIndexOf('.');
  const path = dot < 0 ? undefined : modulePath(program, name.slice(0, dot));
  const other = path === undefined ? undefined : program.documents.get<Module>(path, 'python');
  const found = other === undefined ? undefined : functionOrAssign(other.tree, name.slice(dot + 1));
  if (other === undefined || found === undefined) return undefined;
  return {
    found,
    place: { ...place, document: other, imports: importsOf(other, name.slice(0, dot)), steps: steps - 1 },
  };
}

function functionOrAssign(module: Module, name: string) {
  const found = definitionOf(module.body, name);
  if (found?.type === 'Assign') return found;
  return module.body.find((statement) => statement.type === 'FunctionDef' && statement.name === name) as
    FunctionDef | undefined;
}

function moduleOfFile(document: Document): string {
  return document.path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
}

/** `FileSystemStorage(location=settings.PRIVATE_ROOT)`. */
export function folderOf(settings: DjangoSettings, call: Call): Value | undefined {
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
