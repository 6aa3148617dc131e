import { fileStore } from '../../facts/file-store.js';
import { state, type Stated } from '../../facts/fact.js';
import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Attribute, Call, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { spelling } from '../python-request-handlers.js';
import { pythonRequestPath } from '../python-request-path.js';

/** Calls that leave work for somebody else. */
const HANDS = /(?:^|\.)(?:delay|apply_async|delay_on_commit|apply_async_on_commit|send_task|async_task|enqueue)$/;
/** Without any of these nothing makes such a file. */
const MENTIONS = /\btempfile\b|["'](?:\/var)?\/tmp\b|\btemporary_file_path\(|\bFILE_UPLOAD_TEMP_DIR\b/;
const FOLDER = /^\/(?:var\/)?tmp(?:\/|$)/;
const TEMPORARY =
  /^tempfile\.(?:NamedTemporaryFile|TemporaryFile|SpooledTemporaryFile|TemporaryDirectory|mkstemp|mkdtemp|gettempdir)\b/;

/**
 * Temporary files whose path a request hands to a task: the worker that takes it finds no such file where it runs on another
 * host. What stands in the folder of uploads is that storage's matter.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  if (!pythonCode.paths.some((path) => MENTIONS.test(program.inventory.read(path) ?? ''))) return;
  for (const module of pythonCode.modulesWith(
    /\.(?:delay|apply_async|delay_on_commit|apply_async_on_commit|enqueue)\(|\b(?:send_task|async_task)\(/,
  )) {
    if (/(?:^|\/)management\/commands\//.test(module.path)) continue;
    for (const call of callsIn(module)) {
      const place = { module, node: call };
      const handed = HANDS.test(spelling(call.func)) ? argumentsOf(call) : [];
      const path = handed.find((one) => isTemporary(program, { module, node: one }, 0));
      if (path === undefined) continue;
      const way = pythonRequestPath(program, place);
      if (way?.kind !== 'request') continue;
      const written = module.document.text.slice(call.start, call.end).replace(/\s+/g, ' ');
      yield state(
        fileStore,
        pythonCode.locate(place),
        {
          store: 'local disk (a temporary file, handed to a task)',
          scope: 'host',
          used: true,
          explicit: true,
          setting: written.length > 80 ? `${written.slice(0, 77)}...` : written,
          remedy:
            'name = default_storage.save(...) and hand over the name; the task opens it by default_storage.open(name)',
        },
        [
          { message: 'the path of a temporary file', location: pythonCode.locate({ module, node: path }) },
          ...way.evidence,
        ],
      );
    }
  }
}

function callsIn(module: PythonModule): readonly Call[] {
  const found: Call[] = [];
  walkPython(module.document.tree, (node) => {
    if (node.type === 'Call') found.push(node);
  });
  return found;
}

/** What a task is given, also as `args=[...]` and `kwargs={...}` of `apply_async`. */
function argumentsOf({ args, keywords }: Call): readonly Expression[] {
  return [...args, ...keywords.map(({ value }) => value)].flatMap((one) => {
    if (one.type === 'List' || one.type === 'Tuple') return one.elts;
    return one.type === 'Dict' ? one.values : [one];
  });
}

/** Whether an expression holds the path of a temporary file; names are followed within their function. */
function isTemporary(program: Program, { module, node }: PythonPlace<Expression>, depth: number): boolean {
  if (depth > 8) return false;
  const part = (one: Expression): boolean => isTemporary(program, { module, node: one }, depth + 1);
  switch (node.type) {
    case 'Constant':
      return node.kind === 'str' && FOLDER.test(node.value);
    case 'JoinedStr': {
      const [first] = node.values;
      return typeof first === 'string' ? FOLDER.test(first) : first !== undefined && part(first.value);
    }
    case 'BinOp':
      return part(node.left);
    case 'Call': {
      const called = spelling(node.func);
      if (called.endsWith('temporary_file_path')) return true;
      if (/(?:^|\.)(?:str|Path|join|abspath)$/.test(called) && node.args[0] !== undefined) return part(node.args[0]);
      // `os.environ.get("TMPDIR", "/tmp")`
      if (/(?:^|\.)(?:get|getenv)$/.test(called) && node.args[1] !== undefined) return part(node.args[1]);
      return (
        isLibrary(program, { module, node: node.func }) || isGivenBack(program, { module, node: node.func }, depth)
      );
    }
    case 'BoolOp':
      return node.values.some(part);
    case 'Attribute':
      if (node.attr === 'FILE_UPLOAD_TEMP_DIR') return true;
      return node.attr === 'name' ? part(node.value) : keptIn(program, { module, node }).some(part);
    case 'Name':
      return boundIn(program, { module, node }).some((one) => part(one)) || isLibrary(program, { module, node });
    default:
      return false;
  }
}

/** `save_upload(file)` of the repository, which gives back what it wrote. */
function isGivenBack(program: Program, place: PythonPlace<Expression>, depth: number): boolean {
  return program.pythonCode.resolve(place).some((one) => {
    if (one.kind !== 'function' || one.at.node.type !== 'FunctionDef') return false;
    const { module, node } = one.at;
    const results: Expression[] = [];
    walkPython(node, (part) => {
      if (part.type === 'Return' && part.value !== null) results.push(part.value);
    });
    return results.some((result) => isTemporary(program, { module, node: result }, depth + 1));
  });
}

/** What methods of the same class give `self.path`. */
function keptIn(program: Program, { module, node }: PythonPlace<Attribute>): readonly Expression[] {
  const fn = program.pythonCode.functionsAround({ module, node }).find((one) => one.type === 'FunctionDef');
  const owner = fn === undefined ? undefined : program.pythonCode.ownerOf({ module, node: fn });
  if (owner === undefined || node.value.type !== 'Name' || node.value.id !== 'self') return [];
  const found: Expression[] = [];
  walkPython(owner.node, (part) => {
    if (part.type !== 'Assign') return;
    const gives = part.targets.some(
      (one) =>
        one.type === 'Attribute' && one.attr === node.attr && one.value.type === 'Name' && one.value.id === 'self',
    );
    if (gives) found.push(part.value);
  });
  return found;
}

function isLibrary(program: Program, place: PythonPlace<Expression>): boolean {
  return program.pythonCode.resolve(place).some((one) => one.kind === 'library' && TEMPORARY.test(one.name));
}

/** What the function gives a name: `path = ...`, `_, path = mkstemp()`, `with ... as path`. */
function boundIn(program: Program, place: PythonPlace<Extract<Expression, { type: 'Name' }>>): readonly Expression[] {
  const fn = program.pythonCode.functionsAround(place).find((one): one is FunctionDef => one.type === 'FunctionDef');
  const found: Expression[] = [];
  const isIt = (target: Expression): boolean =>
    (target.type === 'Name' && target.id === place.node.id) || (target.type === 'Tuple' && target.elts.some(isIt));
  if (fn !== undefined)
    walkPython(fn, (node) => {
      if (node.type === 'Assign' && node.targets.some(isIt)) found.push(node.value);
      else if (node.type === 'WithItem' && node.target !== null && isIt(node.target)) found.push(node.context);
    });
  return found;
}
