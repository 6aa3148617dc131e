import { fileStore } from '../../facts/file-store.js';
import { state, type Stated } from '../../facts/fact.js';
import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { spelling } from '../python-request-handlers.js';
import { pythonRequestPath } from '../python-request-path.js';

/** Calls that leave work for somebody else. */
const HANDS = /(?:^|\.)(?:delay|apply_async|delay_on_commit|apply_async_on_commit|send_task|async_task|enqueue)$/;
const TEMPORARY =
  /^tempfile\.(?:NamedTemporaryFile|TemporaryFile|SpooledTemporaryFile|TemporaryDirectory|mkstemp|mkdtemp|gettempdir)\b/;

/**
 * Temporary files whose path a request hands to a task: the worker that takes it finds no such file where it runs on another
 * host. What stands in the folder of uploads is that storage's matter.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/\btempfile\b|["']\/tmp\/|\btemporary_file_path\(/)) {
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
  if (depth > 4) return false;
  const part = (one: Expression): boolean => isTemporary(program, { module, node: one }, depth + 1);
  switch (node.type) {
    case 'Constant':
      return node.kind === 'str' && /^\/(?:var\/)?tmp\//.test(node.value);
    case 'JoinedStr': {
      const [first] = node.values;
      return typeof first === 'string' ? /^\/(?:var\/)?tmp\//.test(first) : first !== undefined && part(first.value);
    }
    case 'BinOp':
      return part(node.left);
    case 'Call': {
      const called = spelling(node.func);
      if (called.endsWith('temporary_file_path')) return true;
      if (/(?:^|\.)(?:str|Path|join|abspath)$/.test(called) && node.args[0] !== undefined) return part(node.args[0]);
      return isLibrary(program, { module, node: node.func });
    }
    case 'Attribute':
      return node.attr === 'name' && part(node.value);
    case 'Name':
      return boundIn(program, { module, node }).some((one) => part(one)) || isLibrary(program, { module, node });
    default:
      return false;
  }
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
