import { blockingCall } from '../../facts/blocking-call.js';
import { state, type Stated } from '../../facts/fact.js';
import type { PythonFunction, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import type { Attribute, Call, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import { blockingOf, mayBlock, MENTIONS, READ } from './blocking-functions.js';

/** Calls that block, in functions that run on an event loop when their server has one. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  // Without one asynchronous function nothing runs on a loop; texts are cheap to ask.
  if (!pythonCode.paths.some((path) => /\basync\s+def\b/.test(program.inventory.read(path) ?? ''))) return;
  for (const module of pythonCode.modulesWith(MENTIONS)) {
    const calls: (Call | Attribute)[] = [];
    const reads = /\b(?:Async|Group)Result\b/.test(module.document.text);
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Call' && mayBlock(node.func)) calls.push(node);
      else if (reads && node.type === 'Attribute' && READ.test(node.attr)) calls.push(node);
    });
    for (const node of calls) {
      const place = { module, node };
      if (pythonCode.functionsAround(place).length === 0) continue;
      const called = node.type === 'Call' ? node.func : node;
      const [target, ...others] = pythonCode.resolve({ module, node: called });
      if (target?.kind !== 'library' || others.length > 0) continue;
      const blocking = blockingOf(target.name, node);
      const way = blocking === undefined ? undefined : onLoop(program, place, 0, new Set());
      if (blocking === undefined || way === undefined) continue;
      yield state(
        blockingCall,
        pythonCode.locate(place),
        {
          call: written(module.document.text.slice(called.start, called.end)),
          kind: blocking.kind,
          handler: way.handler,
          loop: way.loop,
          remedy: blocking.remedy,
        },
        way.evidence,
      );
    }
  }
}

interface Way {
  readonly handler: string;
  readonly loop: 'always' | 'by-server';
  readonly evidence: readonly Evidence[];
}

/** Calls that are followed upwards from a place. */
const DEEPEST = 3;

/**
 * The asynchronous function of a request that comes to a place by nothing but calls: what is handed to a thread, as by
 * `sync_to_async(load)` or `run_in_executor(None, load)`, is handed on and not called.
 */
function onLoop(program: Program, place: PythonPlace, depth: number, seen: Set<PythonFunction>): Way | undefined {
  const { pythonCode } = program;
  const [fn] = pythonCode.functionsAround(place);
  if (fn?.type !== 'FunctionDef' || seen.has(fn) || isThreaded(fn)) return undefined;
  seen.add(fn);
  const at = { module: place.module, node: fn };
  if (fn.async) {
    const path = pythonRequestPath(program, place);
    if (path?.kind !== 'request') return undefined;
    const evidence = {
      message: `${fn.name} runs on the event loop, and ${path.reason}`,
      location: pythonCode.locate(at),
    };
    const loop = isOnLoopOnly(program, path.handler) ? 'always' : 'by-server';
    return { handler: fn.name, loop, evidence: [{ ...evidence, location: firstLine(evidence.location) }] };
  }
  if (depth >= DEEPEST) return undefined;
  for (const call of pythonCode.callsOf(at)) {
    const way = onLoop(program, call, depth + 1, seen);
    if (way === undefined) continue;
    const step = { message: `${fn.name} is called here`, location: pythonCode.locate(call) };
    return { ...way, evidence: [step, ...way.evidence] };
  }
  return undefined;
}

/** Frameworks that nothing but an event loop can serve, and the consumers of Channels that run on it. */
const ONLY_ON_LOOP =
  /^(?:fastapi|starlette|aiohttp\.web|sanic|quart|litestar|blacksheep|tornado\.web)\b|^channels\.(?:generic\.\w+|consumer)\.Async/;

/** Whether what hands requests to a function runs on an event loop whatever serves it. */
function isOnLoopOnly({ pythonCode }: Program, handler: PythonPlace<PythonFunction>): boolean {
  const { module, node } = handler;
  if (node.type !== 'FunctionDef' || !node.async) return false;
  const owner = pythonCode.ownerOf(handler);
  if (owner !== undefined) return pythonCode.ancestry(owner).libraries.some((name) => ONLY_ON_LOOP.test(name));
  return node.decorators.some((one) =>
    pythonCode
      .resolve({ module, node: one.type === 'Call' ? one.func : one })
      .some((target) => target.kind === 'library' && ONLY_ON_LOOP.test(target.name)),
  );
}

/** `@sync_to_async` and `@database_sync_to_async` hand a function to a thread wherever it is called. */
function isThreaded({ decorators }: FunctionDef): boolean {
  return decorators.some((one) => {
    const what = one.type === 'Call' ? one.func : one;
    const name = what.type === 'Name' ? what.id : what.type === 'Attribute' ? what.attr : '';
    return /sync_to_async$|to_thread|threadpool|in_executor|run_in_thread/i.test(name);
  });
}

function firstLine(location: Evidence['location']): Evidence['location'] {
  const { startLine, startColumn } = location.region;
  return { ...location, region: { startLine, startColumn, endLine: startLine, endColumn: startColumn + 1 } };
}

function written(source: string): string {
  const line = source.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
