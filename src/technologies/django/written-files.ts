import type { Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { locate, type Document } from '../../parse/document.js';
import type { Call, ClassDef, Expression, FunctionDef, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { containerPath } from '../container-path.js';
import { dottedName, importsOf, type Imports } from './imports.js';
import type { DjangoSettings } from './settings.js';
import { documentsWith } from './sources.js';

export interface WrittenFile {
  readonly location: Location;
  /** The call, as it is written. */
  readonly call: string;
  readonly reason: string;
  readonly path: string | undefined;
}

/** Files that a view writes to a place that outlives the request. Where that cannot be told, nothing is stated. */
export function writtenFiles(program: Program, settings: DjangoSettings): readonly WrittenFile[] {
  const found: WrittenFile[] = [];
  for (const document of documentsWith(program, /\bopen\(|\.write_(text|bytes)\(|\bFileSystemStorage\(/)) {
    if (/(^|\/)(management|commands|scripts?)\//.test(document.path)) continue;
    const imports = importsOf(document);
    walkPython(document.tree, (node, parents) => {
      if (node.type !== 'Call') return;
      const view = viewAround(parents);
      if (view === undefined) return;
      const target = targetOf(node, imports);
      const folder = target === undefined ? undefined : lastingFolder(settings, target, view, imports);
      if (target === undefined || folder === undefined || removes(view)) return;
      found.push({
        location: locate(document, node),
        call: written(document, node),
        reason: `${view.name} answers requests and writes a file`,
        path: folder === '' ? undefined : containerPath(program, folder),
      });
    });
  }
  return found;
}

function written(document: Document, call: Call): string {
  const source = document.text.slice(call.start, call.end).replace(/\s+/g, ' ');
  return source.length > 80 ? `${source.slice(0, 77)}...` : source;
}

/** The function around a node that takes the request, or is a method of a view. */
function viewAround(parents: readonly Node[]): FunctionDef | undefined {
  const functions = parents.filter((node) => node.type === 'FunctionDef');
  const taking = functions.find(({ params }) => params.list.some(({ name }) => name === 'request'));
  if (taking !== undefined) return taking;
  const owner = parents.find((node): node is ClassDef => node.type === 'ClassDef');
  const isView = owner?.bases.some((base) => /(View|ViewSet|Viewset)$/.test(lastName(base))) ?? false;
  return isView ? functions[0] : undefined;
}

function lastName(base: Expression): string {
  return base.type === 'Name' ? base.id : base.type === 'Attribute' ? base.attr : '';
}

/** The path that a call writes to: `open(path, "wb")`, `path.write_text(...)`. */
function targetOf(call: Call, imports: Imports): Expression | undefined {
  const { func } = call;
  if (func.type === 'Name' && func.id === 'open' && !imports.has('open')) {
    const mode = call.args[1] ?? call.keywords.find(({ name }) => name === 'mode')?.value;
    const writes = mode?.type === 'Constant' && mode.kind === 'str' && /[wax+]/.test(mode.value);
    return writes ? call.args[0] : undefined;
  }
  if (func.type === 'Attribute' && (func.attr === 'write_text' || func.attr === 'write_bytes')) return func.value;
  return undefined;
}

/**
 * The folder where a path begins, where it surely is one that stays: a setting that holds an absolute path, or a
 * literal outside of the temporary folders. Empty for one relative to the working directory.
 */
function lastingFolder(
  settings: DjangoSettings,
  path: Expression,
  view: FunctionDef,
  imports: Imports,
): string | undefined {
  const source = path.type === 'Name' ? assignedTo(path.id, view) : path;
  if (source === undefined || mentionsTemporary(source)) return undefined;
  const start = startOf(source, imports);
  if (start === undefined) return undefined;
  if (start.type === 'Attribute') {
    const folder = text(settings.get(start.attr));
    return folder === undefined || isTemporary(folder) ? undefined : folder;
  }
  const literal = start.type === 'Constant' && start.kind === 'str' ? start.value : undefined;
  if (
    literal === undefined ||
    !/[\w-]/.test(literal) ||
    isTemporary(literal) ||
    literal.startsWith('/dev/') ||
    literal.startsWith('/proc/')
  )
    return undefined;
  return literal.startsWith('/') ? literal.replace(/\/[^/]*$/, '') || '/' : '';
}

/** The leftmost part of a path that is put together: `settings.MEDIA_ROOT` of `os.path.join(settings.MEDIA_ROOT, name)`. */
function startOf(path: Expression, imports: Imports): Expression | undefined {
  if (path.type === 'Constant') return path;
  if (path.type === 'Attribute') return path.value.type === 'Name' && path.value.id === 'settings' ? path : undefined;
  if (path.type === 'BinOp' && (path.op === '/' || path.op === '+' || path.op === '%'))
    return startOf(path.left, imports);
  if (path.type === 'JoinedStr') {
    const [first] = path.values;
    if (first === undefined) return undefined;
    if (typeof first === 'string')
      return { type: 'Constant', kind: 'str', value: first, start: path.start, end: path.end };
    return startOf(first.value, imports);
  }
  if (path.type === 'Call') {
    const name = dottedName(path.func, imports);
    const [first] = path.args;
    if (first !== undefined && name !== undefined && /^(os\.path\.(join|abspath)|pathlib\.Path|str)$/.test(name))
      return startOf(first, imports);
  }
  return undefined;
}

/** The only value that a function gives to a name. */
function assignedTo(name: string, within: FunctionDef): Expression | undefined {
  const values: Expression[] = [];
  walkPython(within, (node) => {
    if (node.type === 'Assign' && node.targets.some((target) => target.type === 'Name' && target.id === name))
      values.push(node.value);
  });
  return values.length === 1 ? values[0] : undefined;
}

function mentionsTemporary(node: Expression): boolean {
  let found = false;
  walkPython(node, (part) => {
    if (part.type === 'Name' && isTemporary(part.id)) found = true;
    else if (part.type === 'Attribute' && isTemporary(part.attr)) found = true;
    else if (part.type === 'Constant' && part.kind === 'str' && isTemporary(part.value)) found = true;
  });
  return found;
}

function isTemporary(name: string): boolean {
  return /te?mp(?![a-z]*late)/i.test(name);
}

/** What a view removes again is fine, whatever it is called. */
function removes(view: FunctionDef): boolean {
  let found = false;
  walkPython(view, (node) => {
    if (
      node.type === 'Attribute' &&
      /^(remove|unlink|rmtree|TemporaryDirectory|NamedTemporaryFile|mkdtemp|mkstemp|delete)$/.test(node.attr)
    )
      found = true;
  });
  return found;
}
