import type { FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import { argument, at, nameOf } from './javascript-place.js';
import { isFunction } from './request-handlers.js';

/** Packages of channels that all instances hear. */
const CHANNELS = [
  'redis',
  'ioredis',
  '@upstash/redis',
  'nats',
  'mqtt',
  'kafkajs',
  'amqplib',
  'pg',
  'postgres',
  'pg-listen',
  'pg-pubsub',
  '@google-cloud/pubsub',
  '@aws-sdk/client-sqs',
  'ably',
];
const LISTENS = /^(?:subscribe|pSubscribe|psubscribe|sSubscribe|on|addListener|listen|consume|run)$/;
const EVENTS = /^(?:message|pmessage|messageBuffer|pmessageBuffer|notification|msg)$/;
const DEEPEST = 4;

/** The place where what another instance published arrives, and leads to this one; undefined where nothing of the kind does. */
export function toldByOthers(program: Program, place: Placed): Placed | undefined {
  if (!CHANNELS.some((name) => program.javascript.imports(name))) return undefined;
  return upwards(program, place, 0, new Set());
}

function upwards(program: Program, place: Placed, depth: number, seen: Set<FunctionNode>): Placed | undefined {
  const above = nodesAbove(place.module.document.tree, place.node);
  for (let i = 0; i < above.length; i++) {
    const fn = above[i];
    if (fn === undefined || !isFunction(fn)) continue;
    const outer = above[i + 1];
    if (outer?.type === 'CallExpression' && listens(program, at(place, outer))) return at(place, outer);
    if (seen.has(fn) || depth >= DEEPEST) continue;
    seen.add(fn);
    for (const call of program.javascript.callsOf(at(place, fn)).slice(0, 12)) {
      const found = upwards(program, call, depth + 1, seen);
      if (found !== undefined) return found;
    }
    const handed = handedOn(program, at(place, fn));
    if (handed !== undefined) return handed;
  }
  return undefined;
}

/** `subscriber.on('message', deliver)`: given by its name. */
function handedOn(program: Program, fn: Placed<FunctionNode>): Placed | undefined {
  const name = fn.node.id?.name;
  if (name === undefined) return undefined;
  for (const module of program.javascript.modules) {
    if (!module.document.text.includes(name) || !/subscribe|\.on\(/i.test(module.document.text)) continue;
    for (const use of CHANNELS.flatMap((one) => program.javascript.uses(one)))
      if (
        use.module === module &&
        LISTENS.test(use.steps.at(-1) ?? '') &&
        use.node.arguments.some((one) => nameOf(one) === name)
      )
        return use;
  }
  return undefined;
}

function listens(program: Program, call: Placed): boolean {
  if (call.node.type !== 'CallExpression' || call.node.callee.type !== 'MemberExpression') return false;
  const name = nameOf(call.node.callee.property);
  if (!LISTENS.test(name)) return false;
  const first = argument(at(call, call.node), 0);
  const event = first?.node.type === 'Literal' ? String(first.node.value) : '';
  if ((name === 'on' || name === 'addListener') && !EVENTS.test(event)) return false;
  const object = at(call, call.node.callee.object);
  return program.javascript
    .trace(object)
    .some((one) =>
      one.kind === 'package' ? CHANNELS.includes(one.package) : /sub|redis|nats|channel|bus/i.test(nameOf(object.node)),
    );
}
