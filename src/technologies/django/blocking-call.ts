import { blockingCall } from '../../facts/blocking-call.js';
import { state, type Stated } from '../../facts/fact.js';
import type { PythonPlace, PythonTarget } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import { settingsOf } from './settings.js';

const RESPONSE = /^(?:StreamingHttpResponse|FileResponse)$/;
const STREAMS = /^django\.http\.(?:response\.)?(StreamingHttpResponse|FileResponse)$/;

/**
 * Responses that are made to be sent piece by piece, of what can only be asked for its pieces one after the other: an
 * asynchronous server gets them as one list.
 * https://docs.djangoproject.com/en/5.2/ref/request-response/#django.http.StreamingHttpResponse.is_async
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined) return;
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/\b(?:StreamingHttpResponse|FileResponse)\b/)) {
    const calls: Call[] = [];
    const renamed = /\b(?:StreamingHttpResponse|FileResponse)\s+as\s/.test(module.document.text);
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Call' && isCalledSo(node, renamed)) calls.push(node);
    });
    for (const node of calls) {
      const [target] = pythonCode.resolve({ module, node: node.func });
      const [, name] = (target?.kind === 'library' ? STREAMS.exec(target.name) : null) ?? [];
      const content =
        node.args[0] ?? node.keywords.find((one) => one.name === 'streaming_content' || one.name === 'filename')?.value;
      if (name === undefined || content === undefined) continue;
      if (name === 'StreamingHttpResponse' && !isSynchronous(program, { module, node: content })) continue;
      const path = pythonRequestPath(program, { module, node });
      if (path === undefined) continue;
      const [fn] = pythonCode.functionsAround({ module, node });
      yield state(
        blockingCall,
        pythonCode.locate({ module, node: { ...node, end: node.func.end } }),
        {
          call: name,
          kind: 'stream',
          handler: fn?.type === 'FunctionDef' ? fn.name : 'a view',
          loop: 'by-server',
          remedy:
            name === 'FileResponse'
              ? 'response["X-Accel-Redirect"] = path, with an internal location of the proxy, or a redirect to a signed address of the object store'
              : 'async def rows(): with "async for" and yield, given to StreamingHttpResponse',
        },
        path.evidence,
      );
    }
  }
}

/** What is called otherwise is not followed, unless the module gives it another name or calls what is computed. */
function isCalledSo({ func }: Call, renamed: boolean): boolean {
  if (func.type === 'Attribute') return RESPONSE.test(func.attr);
  return func.type !== 'Name' || renamed || RESPONSE.test(func.id);
}

/** Whether what is streamed is surely no asynchronous iterator. */
function isSynchronous(program: Program, content: PythonPlace<Expression>): boolean {
  const { node } = content;
  if (node.type === 'Comprehension') return node.kind === 'generator' && !node.clauses.some((one) => one.async);
  if (node.type === 'Call') {
    const targets = program.pythonCode.resolve({ module: content.module, node: node.func });
    return targets.every((one) => makesGenerator(one));
  }
  const values = program.pythonCode.resolve(content);
  return values.every(
    (one) =>
      one.kind === 'value' &&
      one.at.node !== node &&
      isSynchronous(program, { module: one.at.module, node: one.at.node }),
  );
}

function makesGenerator(target: PythonTarget): boolean {
  if (target.kind === 'library')
    return /^builtins\.(?:map|filter|iter|zip|open)$|\.(?:iterator|iter_content|iter_lines|iter_bytes|chunks)$/.test(
      target.name,
    );
  return target.kind === 'function' && target.at.node.type === 'FunctionDef' && isGenerator(target.at.node);
}

function isGenerator(fn: FunctionDef): boolean {
  if (fn.async) return false;
  let yields = false;
  for (const statement of fn.body)
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda' || node.type === 'ClassDef') return false;
      if (node.type === 'Yield' || node.type === 'YieldFrom') yields = true;
      return true;
    });
  return yields;
}
