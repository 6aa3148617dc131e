import type { Evidence } from '../location.js';
import type { PythonFunction, PythonPlace } from '../link/python-code/python-code.js';
import type { Program } from '../link/program.js';
import type { ClassDef, FunctionDef, Node } from '../parse/python/ast.js';
import { bySignal, handlerOf, spelling, type Handler } from './python-request-handlers.js';

/** Why a place of the code runs while the component serves: the way from the function it stands in up to one that is called from outside. */
export interface PythonRequestPath extends Handler {
  /** The calls on the way, innermost first. */
  readonly evidence: readonly Evidence[];
  readonly handler: PythonPlace<PythonFunction>;
}

/** Calls that are followed upwards from a place. */
const DEEPEST = 5;
const WIDEST = 12;

/**
 * The first way that is found: one request that comes to a place is enough to change what stands there. What a module does when it
 * is loaded, and what only commands, tests and start-up call, has none.
 */
export function pythonRequestPath(
  program: Program,
  place: PythonPlace,
  accepts: Accepts = () => true,
): PythonRequestPath | undefined {
  return upwards(program, place, accepts, 0, new Set());
}

/** Whether a way that ends at such a handler is one that is looked for. */
type Accepts = (handler: Handler) => boolean;

function upwards(
  program: Program,
  place: PythonPlace,
  accepts: Accepts,
  depth: number,
  seen: Set<Node>,
): PythonRequestPath | undefined {
  const { pythonCode } = program;
  const around = pythonCode.functionsAround(place).map((node) => ({ module: place.module, node }));
  if (around.some(isShut)) return undefined;
  for (const handler of around) {
    const found = handlerOf(program, handler);
    if (found !== undefined && accepts(found)) return { ...found, evidence: [], handler };
  }
  if (depth >= DEEPEST) return undefined;
  for (const fn of around) {
    if (fn.node.type !== 'FunctionDef' || seen.has(fn.node)) continue;
    seen.add(fn.node);
    const path = throughCalls(program, { module: fn.module, node: fn.node }, accepts, depth, seen);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** `if not self.worker_initiated: return`, `if not settings.DEV: raise Http404`: a request of production goes no further. */
function isShut({ module, node }: PythonPlace<PythonFunction>): boolean {
  if (node.type !== 'FunctionDef') return false;
  return node.body.slice(0, 3).some((one) => {
    const last = one.type === 'If' ? one.body.at(-1)?.type : undefined;
    if (one.type !== 'If' || (last !== 'Return' && last !== 'Raise')) return false;
    const { start, end } = one.test;
    const test = module.document.text.slice(start, Math.min(end, start + 200));
    return (
      (last === 'Return' && /worker|celery|in_task|background/i.test(test)) ||
      /^not (?:settings\.(?:DEV|DEBUG|TESTING)$|\(settings\.(?:DEV|DEBUG|TESTING) and\b)/.test(test)
    );
  });
}

function throughCalls(
  program: Program,
  fn: PythonPlace<FunctionDef>,
  accepts: Accepts,
  depth: number,
  seen: Set<Node>,
): PythonRequestPath | undefined {
  const { pythonCode } = program;
  const owner = pythonCode.ownerOf(fn);
  // An object is made where its class is called.
  const called: PythonPlace<FunctionDef | ClassDef> = owner !== undefined && fn.node.name === '__init__' ? owner : fn;
  const calls = pythonCode.callsOf(called).slice(0, WIDEST);
  // `on_commit(send)`, `sync_to_async(load)()`, `submit(work)`: whoever hands it on runs it, as far as anybody can tell.
  const handed = pythonCode.handedOnAt(called).filter((one) => isArgument(program, one));
  const routed = handed.find((one) => isRoute(program, one));
  if (routed !== undefined) {
    const message = 'requests are routed to it here';
    const evidence = [{ message, location: pythonCode.locate(routed) }];
    return { kind: 'request', reason: `${fn.node.name} answers requests`, evidence, handler: fn };
  }
  for (const one of handed) {
    const found = connectedTo(program, one, fn.node.name);
    if (found === undefined || !accepts(found)) continue;
    const message = 'it is connected to a signal here';
    return { ...found, evidence: [{ message, location: pythonCode.locate(one) }], handler: fn };
  }
  for (const place of [...calls, ...handed.slice(0, WIDEST)]) {
    const path = upwards(program, place, accepts, depth + 1, seen);
    if (path === undefined) continue;
    const step = { message: 'it is called here', location: pythonCode.locate(place) };
    return { ...path, evidence: [step, ...path.evidence] };
  }
  return undefined;
}

/** `path('books/', books)` of a list of routes. */
function isRoute(program: Program, place: PythonPlace): boolean {
  const [holder] = program.pythonCode.above(place);
  return (
    holder?.type === 'Call' && /^(?:\w+\.)?(?:path|re_path|url|add_url_rule|add_api_route)$/.test(spelling(holder.func))
  );
}

/** `post_save.connect(clear, sender=Book)`: whoever sends the signal calls it. */
function connectedTo(program: Program, place: PythonPlace, name: string): Handler | undefined {
  const above = program.pythonCode.above(place);
  const call = above[0]?.type === 'Keyword' ? above[1] : above[0];
  if (call?.type !== 'Call' || call.func.type !== 'Attribute' || call.func.attr !== 'connect') return undefined;
  const signal = spelling(call.func.value).split('.').at(-1) ?? '';
  return /^(?:(?:pre|post)_\w+|m2m_changed|user_\w+|request_(?:started|finished)|\w*_?signal|got_request_exception|\w+_(?:saved|deleted|created|updated|changed|published|unpublished))$/.test(
    signal,
  )
    ? bySignal(name, signal)
    : undefined;
}

function isArgument(program: Program, place: PythonPlace): boolean {
  const [holder] = program.pythonCode.above(place);
  return holder?.type === 'Keyword' || (holder?.type === 'Call' && holder.func !== place.node);
}
