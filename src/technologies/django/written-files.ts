import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Evidence, Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import type { Document } from '../../parse/document.js';
import type { Call, Expression, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { containerPath } from '../container-path.js';
import { pythonRequestPath } from '../python-request-path.js';
import type { DjangoSettings } from './settings.js';

export interface WrittenFile {
  readonly location: Location;
  /** The call, as it is written. */
  readonly call: string;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  readonly path: string | undefined;
}

/** How far a path is followed through names, functions and the parts that it is put together of. */
const DEEPEST = 12;
/** Paths that are made of another, by the dotted name of what makes them. */
const MAKES =
  /^(?:os\.path\.(?:join|abspath|normpath|realpath|expanduser)|os\.fspath|builtins\.str|pathlib\.\w*Path)\(\)$/;
/** Methods of a path that leave where it begins as it is. */
const KEEPS = /^(?:joinpath|absolute|resolve|expanduser|as_posix|with_suffix|with_name|with_stem)$/;

/** Files that a request writes to a place that outlives it. Where that cannot be told, nothing is stated. */
export function writtenFiles(program: Program, settings: DjangoSettings): readonly WrittenFile[] {
  const { pythonCode } = program;
  const found: WrittenFile[] = [];
  for (const module of pythonCode.modulesWith(/\bopen\(|\.write_(?:text|bytes)\(/)) {
    if (/(^|\/)(management|commands|scripts?)\//.test(module.path)) continue;
    walkPython(module.document.tree, (node) => {
      if (node.type !== 'Call') return;
      const place = { module, node };
      const target = targetOf(program, place);
      if (target === undefined) return;
      const request = pythonRequestPath(program, place);
      if (request?.kind !== 'request') return;
      const around = pythonCode.functionsAround(place);
      const folder = folderOf(program, settings, { module, node: target }, DEEPEST);
      if (typeof folder !== 'string' || [...around, request.handler.node].some(removes)) return;
      found.push({
        location: pythonCode.locate(place),
        call: written(module.document, node),
        reason: `a request writes it: ${request.reason}`,
        evidence: request.evidence,
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

/** The path that a call writes to: `open(path, "wb")`, `path.open("w")`, `path.write_text(...)`. */
function targetOf(program: Program, { module, node }: PythonPlace<Call>): Expression | undefined {
  const { func } = node;
  if (func.type === 'Name' && func.id === 'open') {
    const isBuiltIn = program.pythonCode.resolve({ module, node: func }).some((one) => isNamed(one, 'builtins.open'));
    return isBuiltIn && writes(node, 1) ? node.args[0] : undefined;
  }
  if (func.type !== 'Attribute') return undefined;
  if (func.attr === 'write_text' || func.attr === 'write_bytes') return func.value;
  return func.attr === 'open' && writes(node, 0) ? func.value : undefined;
}

function isNamed(target: { readonly kind: string; readonly name?: unknown }, name: string): boolean {
  return target.kind === 'library' && target.name === name;
}

function writes({ args, keywords }: Call, position: number): boolean {
  const mode = args[position] ?? keywords.find(({ name }) => name === 'mode')?.value;
  return (
    mode?.type === 'Constant' && mode.kind === 'str' && /^[rwaxbt+]{1,4}$/.test(mode.value) && /[wax+]/.test(mode.value)
  );
}

/**
 * The folder where a path begins, where it surely is one that stays: a setting that holds an absolute path, or a
 * literal outside of the temporary folders. Empty for one relative to the working directory, null for a temporary one.
 */
function folderOf(
  program: Program,
  settings: DjangoSettings,
  place: PythonPlace<Expression>,
  depth: number,
): string | null | undefined {
  if (depth === 0) return undefined;
  const { module, node } = place;
  const at = (expression: Expression | undefined) =>
    expression === undefined ? undefined : folderOf(program, settings, { module, node: expression }, depth - 1);
  if (mentionsTemporary(node)) return null;
  if (node.type === 'Constant') return node.kind === 'str' ? literal(node.value) : undefined;
  if (node.type === 'BinOp') return /^[/+%]$/.test(node.op) ? at(node.left) : undefined;
  if (node.type === 'JoinedStr') {
    const [first] = node.values;
    return typeof first === 'string' ? literal(first) : at(first?.value);
  }
  if (node.type === 'Call' && node.func.type === 'Attribute' && KEEPS.test(node.func.attr)) return at(node.func.value);
  if (node.type !== 'Call' && node.type !== 'Name' && node.type !== 'Attribute') return undefined;
  const folders = program.pythonCode.resolve(place).map((target) => {
    if (target.kind === 'value') {
      return target.at.node === node ? undefined : folderOf(program, settings, target.at, depth - 1);
    }
    if (target.kind !== 'library') return undefined;
    if (/\btempfile\b/.test(target.name)) return null;
    const setting = /^django\.conf\.settings\.([A-Z_][A-Z0-9_]*)$/.exec(target.name)?.[1];
    if (setting !== undefined) return folderOfSetting(settings, setting);
    const first = target.call?.node.args[0];
    if (target.call === undefined || first === undefined || !MAKES.test(target.name)) return undefined;
    return folderOf(program, settings, { module: target.call.module, node: first }, depth - 1);
  });
  return folders.includes(null) ? null : folders.find((folder) => folder !== undefined);
}

function folderOfSetting(settings: DjangoSettings, name: string): string | null | undefined {
  const folder = text(settings.get(name));
  return folder !== undefined && isTemporary(folder) ? null : folder;
}

function literal(path: string): string | null | undefined {
  if (isTemporary(path)) return null;
  if (!/[\w-]/.test(path) || path.startsWith('/dev/') || path.startsWith('/proc/')) return undefined;
  return path.startsWith('/') ? path.replace(/\/[^/]*$/, '') || '/' : '';
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

/** What a function removes again is fine, whatever it is called. */
function removes(within: Node): boolean {
  let found = false;
  walkPython(within, (node) => {
    if (
      node.type === 'Attribute' &&
      /^(remove|unlink|rmtree|TemporaryDirectory|NamedTemporaryFile|mkdtemp|mkstemp|delete)$/.test(node.attr)
    )
      found = true;
  });
  return found;
}
