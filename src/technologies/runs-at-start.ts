import type { FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import { at, nameOf } from './javascript-place.js';
import { isFunction, requestHandlers } from './request-handlers.js';
import { requestPath } from './request-path.js';

const DEEPEST = 6;
const LOOPS = /^(?:For|ForOf|ForIn|While|DoWhile)Statement$/;

/**
 * Whether a place is come to once, while the program starts: at the top of a module, or in functions that such places call and no
 * request does. What is made there lives as long as the process.
 */
export function runsAtStart(program: Program, place: Placed, depth = 0): boolean {
  for (const node of nodesAbove(place.module.document.tree, place.node)) {
    if (LOOPS.test(node.type)) return false;
    if (isFunction(node)) return isStarted(program, at(place, node), depth);
  }
  return true;
}

function isStarted(program: Program, fn: Placed<FunctionNode>, depth: number): boolean {
  const known = program.memo('functions that run at start', () => new Map<FunctionNode, boolean>());
  const told = known.get(fn.node);
  if (told !== undefined) return told;
  // Whoever leads back here is no start.
  known.set(fn.node, false);
  const found = depth < DEEPEST && asked(program, fn, depth);
  known.set(fn.node, found);
  return found;
}

function asked(program: Program, fn: Placed<FunctionNode>, depth: number): boolean {
  if (requestHandlers(program).has(fn.node)) return false;
  const calls = program.javascript.callsOf(fn).slice(0, 12);
  if (calls.length === 0) return isRunAtOnce(fn) && runsAtStart(program, fn, depth + 1);
  return (
    calls.some((call) => runsAtStart(program, call, depth + 1)) &&
    calls.every((call) => requestPath(program, call) === undefined)
  );
}

/** Events that come once, when something is there that the program waits for. */
const ONCE = /^(?:mount|listening|ready|open|connected|init|loaded)$/;

/** `(async () => { … })()`, `connect().then(() => { … })`, `app.on('mount', () => { … })`. */
function isRunAtOnce({ module, node }: Placed<FunctionNode>): boolean {
  const [outer] = nodesAbove(module.document.tree, node);
  if (outer?.type !== 'CallExpression') return false;
  if (outer.callee === node) return true;
  const name = nameOf(outer.callee);
  if (outer.callee.type === 'Identifier') return name === 'setImmediate';
  const [event] = outer.arguments;
  if (name === 'on' || name === 'once')
    return event?.type === 'Literal' && typeof event.value === 'string' && ONCE.test(event.value);
  return /^(?:then|catch|finally|nextTick)$/.test(name);
}
