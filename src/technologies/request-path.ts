import type { FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import type { Evidence } from '../location.js';
import { nodesAbove } from '../parse/javascript/parents.js';
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

/** The first way that is found: one request that comes to a place is enough to change what stands there. */
export function requestPath(program: Program, place: Placed): RequestPath | undefined {
  return upwards(program, place, false, 0, new Set());
}

/** A way only where nothing but requests comes to a place: what is done when the program starts as well is done once. */
export function onlyRequestPath(program: Program, place: Placed): RequestPath | undefined {
  return upwards(program, place, true, 0, new Set());
}

function upwards(
  program: Program,
  place: Placed,
  every: boolean,
  depth: number,
  seen: Set<FunctionNode>,
): RequestPath | undefined {
  const around = functionsAround(place);
  const handlers = requestHandlers(program);
  for (const fn of around) {
    const reason = handlers.get(fn);
    if (reason !== undefined) return { reason, evidence: [], handler: fn };
  }
  if (depth >= DEEPEST) return undefined;
  for (const fn of around) {
    if (seen.has(fn)) return undefined;
    seen.add(fn);
    const target = { module: place.module, node: fn };
    const calls = [...program.javascript.callsOf(target), ...injectedCallers(program, fn)].slice(0, WIDEST);
    const path = throughCalls(program, calls, every, depth, seen);
    if (path !== undefined) return path;
    // Whoever runs a function also runs what it only hands on: `items.forEach((item) => …)`.
    if (calls.length > 0 || !isHandedOn(place, fn)) return undefined;
  }
  return undefined;
}

function throughCalls(
  program: Program,
  calls: readonly Placed[],
  every: boolean,
  depth: number,
  seen: Set<FunctionNode>,
): RequestPath | undefined {
  let found: RequestPath | undefined;
  for (const call of calls) {
    const path = upwards(program, call, every, depth + 1, every ? new Set(seen) : seen);
    if (path === undefined && every) return undefined;
    if (path === undefined || found !== undefined) continue;
    const step = { message: 'it is called here', location: program.javascript.locate(call) };
    found = { ...path, evidence: [step, ...path.evidence] };
    if (!every) break;
  }
  return found;
}

function isHandedOn({ module }: Placed, fn: FunctionNode): boolean {
  const holder = nodesAbove(module.document.tree, fn)[0];
  return (holder?.type === 'CallExpression' || holder?.type === 'NewExpression') && holder.callee !== fn;
}
