import type { FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import type { Evidence } from '../location.js';
import { injectedCallers } from './injected-calls.js';
import { functionsAround, requestHandlers } from './request-handlers.js';

/** Why a place of the code runs within a request: the way from the function it stands in up to one that answers. */
export interface RequestPath {
  /** In words that read after "because". */
  readonly reason: string;
  /** The calls on the way, innermost first. */
  readonly evidence: readonly Evidence[];
  /** The function that answers. */
  readonly handler: FunctionNode;
}

/** Calls that are followed upwards from a place. */
const DEEPEST = 5;
const WIDEST = 12;

export function requestPath(program: Program, place: Placed): RequestPath | undefined {
  return upwards(program, place, 0, new Set());
}

function upwards(program: Program, place: Placed, depth: number, seen: Set<FunctionNode>): RequestPath | undefined {
  const around = functionsAround(place);
  const handlers = requestHandlers(program);
  for (const fn of around) {
    const reason = handlers.get(fn);
    if (reason !== undefined) return { reason, evidence: [], handler: fn };
  }
  if (depth >= DEEPEST) return undefined;
  // Whoever calls an outer function runs the inner ones, if at all, while that is set up.
  const [innermost, ...outer] = around;
  for (const fn of [innermost, ...(isAnonymous(innermost) ? outer.slice(0, 1) : [])]) {
    if (fn === undefined || seen.has(fn)) continue;
    seen.add(fn);
    const target = { module: place.module, node: fn };
    const calls = [...program.javascript.callsOf(target), ...injectedCallers(program, fn)];
    for (const call of calls.slice(0, WIDEST)) {
      const path = upwards(program, call, depth + 1, seen);
      if (path !== undefined)
        return {
          ...path,
          evidence: [{ message: 'it is called here', location: program.javascript.locate(call) }, ...path.evidence],
        };
    }
  }
  return undefined;
}

/** A function without a name inside another runs when that one does: `items.forEach((item) => …)`, `new Promise((resolve) => …)`. */
function isAnonymous(fn: FunctionNode | undefined): boolean {
  return fn?.type === 'ArrowFunctionExpression' || fn?.type === 'FunctionExpression';
}
