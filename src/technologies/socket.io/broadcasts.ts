import type { Call, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { callsNamed } from '../javascript-calls.js';
import type { Node } from '../../parse/javascript/walk.js';
import { nameOf } from '../javascript-place.js';

/** How a whole server is called where it is not followed: `io`, `this.io`, `getIO()`, `req.io`, `socketServer`, `nsp`. */
const SERVERS =
  /^(?:(?:get|use)?_?io|(?:get)?socket_?(?:server|io)|sio|ioserver|websocket_?server|sockets?server|nsp|namespace|wss?)$/i;
/** Steps of a chain that lead to more connections than the one that speaks. */
const OTHERS = /^(?:to|in|except|broadcast|of|sockets|fetchSockets|socketsJoin)$/;
/** Names of what stays with a server of Node itself: events of its own process. */
const OWN_EVENTS = new Set(['emit', 'serverSideEmit']);

/**
 * A place where one connection or request speaks to another: `io.emit()`, `io.to(room).emit()`, `socket.broadcast.emit()`.
 * `socket.emit()` alone answers the connection at hand.
 */
export function broadcastOf(program: Program, servers: ReadonlySet<Node>): Placed<Call> | undefined {
  for (const name of ['emit', 'send', 'write']) {
    const found = callsNamed(program, name).find((call) => reachesOthers(program, call, servers));
    if (found !== undefined) return found;
  }
  return undefined;
}

function reachesOthers(program: Program, call: Placed<Call>, servers: ReadonlySet<Node>): boolean {
  const { callee } = call.node;
  if (callee.type !== 'MemberExpression') return false;
  const chain = chainOf(callee.object);
  if (chain.some((step) => step === 'to' || step === 'in' || step === 'broadcast' || step === 'except')) {
    // `ops.in(x).send()` of other libraries has no socket in sight.
    return nameOf(callee) === 'emit';
  }
  if (!OWN_EVENTS.has(nameOf(callee))) return false;
  const last = chain.at(-1) ?? '';
  if (SERVERS.test(last) || chain.some((step) => OTHERS.test(step))) return true;
  const object = { module: call.module, node: callee.object };
  return program.javascript
    .trace(object)
    .some(
      (one) =>
        one.kind === 'package' && one.package === 'socket.io' && one.call !== undefined && servers.has(one.call.node),
    );
}

/** The names of a chain of members and calls: `io`, `to` of `io.to(room)`. */
function chainOf(node: Node): string[] {
  if (node.type === 'CallExpression') return chainOf(node.callee);
  if (node.type === 'MemberExpression') return [...chainOf(node.object), nameOf(node.property)];
  if (node.type === 'ChainExpression' || node.type === 'TSNonNullExpression') return chainOf(node.expression);
  return [nameOf(node)];
}
