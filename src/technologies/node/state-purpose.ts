import type { TSESTree } from '@typescript-eslint/types';
import { nameOf } from '../injected-calls.js';
import { nodesAbove } from '../../parse/javascript/parents.js';
import type { Node } from '../../parse/javascript/walk.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import type { Program } from '../../link/program.js';
import { isOwnConnections } from './own-connections.js';
import { leaves, mentions } from './mentions.js';
import { CACHE, calledName, isUnderWay } from './under-way.js';
import { isHandedOver } from './handed-over.js';
import type { HeldState } from './held.js';
import type { StateWrite } from './state-writes.js';

export type Purpose = 'cache' | 'counter' | 'registry' | 'general';

/** What a write is for; undefined where it is harmless: a handle made once, a table filled on first use, work that is under way. */
export function purposeOf(
  program: Program,
  state: HeldState,
  write: StateWrite,
  all: readonly StateWrite[],
): Purpose | undefined {
  const { name, kind } = state;
  if (TIMERS.test(name) || isTimer(write.value) || OWN_AFFAIR.test(name)) return undefined;
  if (isHandedOver(state, all) || isOwnConnections(state, all)) return undefined;
  if (kind === 'plain' || (kind === 'counter' && write.how !== 'count')) return purposeOfPlain(state, write);
  if (write.how === 'count' || kind === 'counter') return isGauge(state, all) ? undefined : 'counter';
  if (isPlaceMade(write)) return undefined;
  if (isTold(write) || isUnderWay(name, write, all) || isReadOnce(program, state, write)) return undefined;
  const named = REGISTRY.test(name) || refuses(state, write);
  if (!named && (CACHE.test(name) || readsBefore(state, write)))
    return expires(state, write) || !readsWhatChanges(write) ? undefined : 'cache';
  if (write.how === 'key' && !named && isFilledOnce(state, write))
    return expires(state, write) || !readsWhatChanges(write) ? undefined : 'cache';
  if (!named && isAged(state)) return undefined;
  return named ? 'registry' : 'general';
}

const TIMERS = /timer|timeout|interval|debounce|throttle|delay/i;
/** What each process rightly knows of itself: figures that something collects, listeners, loggers, plug-ins. */
const OWN_AFFAIR =
  /metric|stats?$|statistic|gauge|histogram|listener|logger|plugin|hook|middleware|schema|compiled|template|translation|locale|module|warn(?:ed|ing)|last(?:log|report|error)|deprecat|watchers?$|config|setting|option|env$|handlers?$|routes?$|models?$|commands?$|providers?$|adapters?$|drivers?$|loaders?$|resolvers?$|validators?$|parsers?$|formatters?$/i;
const REGISTRY =
  /connect|client|session|room|user|member|online|active|queue|pending|job|task|token|otp|code|nonce|socket|subscri|channel|seen|visit|limit|attempt|lock|presence|player|game|vote|cart|order|message|post|todo|item|processed|blacklist|blocklist|revoked|banned/i;

function purposeOfPlain({ name }: HeldState, write: StateWrite): Purpose | undefined {
  if (write.how === 'count') return 'counter';
  const { value } = write;
  if (write.how !== 'assign' || value === undefined || isConstant(value)) return undefined;
  if (
    testsAround(write).some((test) => mentions(test, (one) => one === name)) ||
    write.above[0]?.type !== 'AssignmentExpression'
  )
    return undefined;
  if (write.above[0].operator !== '=' || !takesFromRequest(value)) return undefined;
  return CACHE.test(name) ? 'cache' : 'general';
}

function isConstant(value: Node): boolean {
  return (
    value.type === 'Literal' ||
    value.type === 'TemplateLiteral' ||
    (value.type === 'Identifier' && value.name === 'undefined') ||
    value.type === 'UnaryExpression'
  );
}

/** `req.body.name`, `ctx.params.id`: what one request brings, kept for the next. */
function takesFromRequest(value: Node): boolean {
  return mentions(value, (name) => /^_?(?:req|request|ctx|context|socket|body|params|query)$/.test(name));
}

/** Counted up and down again: how much is going on right now. Numbers of requests for the log are nobody's business elsewhere. */
function isGauge({ name }: HeldState, all: readonly StateWrite[]): boolean {
  // `nextId` of calls to another service, and of rows of its own.
  if (/^next_?(?:id|seq)$/i.test(name)) return true;
  if (/(?:req|request|trace|log|correlation|message|msg|seq|call|query)_?(?:id|num|no|counter)?$/i.test(name))
    return true;
  const down = all.some(({ above }) =>
    above.some(
      (one) =>
        (one.type === 'UpdateExpression' && one.operator === '--') ||
        (one.type === 'AssignmentExpression' && one.operator === '-='),
    ),
  );
  return (
    (down && !/user|visitor|online|player|member|stock|seat|vote/i.test(name)) ||
    /count(?:er)?s?Since|uptime|retr(?:y|ies)|errors?|failures?|inflight|in_flight/i.test(name)
  );
}

function isTimer(value: Node | undefined): boolean {
  return (
    value?.type === 'CallExpression' &&
    value.callee.type === 'Identifier' &&
    /^set(?:Timeout|Interval|Immediate)$/.test(value.callee.name)
  );
}

/** `stores[id] = stores[id] || emptyStore()`: a place for what others put there. */
function isPlaceMade({ how, value, above: [outer] }: StateWrite): boolean {
  const made = value?.type === 'LogicalExpression' && value.operator !== '&&' ? value.right : undefined;
  return (
    how === 'key' &&
    outer?.type === 'MemberExpression' &&
    made?.type === 'CallExpression' &&
    made.arguments.length === 0
  );
}

/** Filled on first use with what stands in files of the program: the same everywhere. */
function isReadOnce(program: Program, state: HeldState, write: StateWrite): boolean {
  if (write.how !== 'key' || !(CACHE.test(state.name) || readsBefore(state, write))) return false;
  const { module } = write.place;
  return write.within.slice(0, 2).some(
    (fn) =>
      mentions(fn, isReading) ||
      callsIn(fn).some(({ callee }) => {
        const called = program.javascript.functionOf({ module, node: callee });
        return called !== undefined && mentions(called.node, isReading);
      }),
  );
}

function isReading(name: string): boolean {
  return /^(?:readFile|readdir|readJson|stat|exists|glob)(?:Sync)?$/.test(name);
}

function callsIn(fn: Node): TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  walkJavaScript(fn, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier') calls.push(node);
  });
  return calls.slice(0, 20);
}

/** Whoever changes it tells the other processes. */
function isTold({ within, above }: StateWrite): boolean {
  // What is done for each of something is done by the function around.
  const fn = within.find((one) => !isForEach(above[above.indexOf(one) + 1]));
  if (fn === undefined) return false;
  return mentions(fn, (name) => /^(?:pubsub|publish|broadcastToWorkers)$/i.test(name)) || tellsParent(fn);
}

function isForEach(holder: Node | undefined): boolean {
  return holder?.type === 'CallExpression' && /^(?:forEach|map)$/.test(calledName(holder));
}

/** `process.send(…)`: the process that forked this one hands it on to the others. */
function tellsParent(fn: Node): boolean {
  let found = false;
  walkJavaScript(fn, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
      found ||= nameOf(node.callee.object) === 'process' && nameOf(node.callee.property) === 'send';
    return !found;
  });
  return found;
}

/** `if (rooms.has(id)) throw …`: what may be there once only is no copy of something else. */
function refuses({ name }: HeldState, { within: [fn] }: StateWrite): boolean {
  const short = name.slice(name.indexOf('.') + 1);
  let found = false;
  if (fn !== undefined)
    walkJavaScript(fn, (node) => {
      if (node.type === 'IfStatement' && throws(node.consequent)) found ||= mentions(node.test, (one) => one === short);
      return !found;
    });
  return found;
}

function throws(node: Node): boolean {
  return (node.type === 'BlockStatement' ? node.body.at(-1) : node)?.type === 'ThrowStatement';
}

/** `if (!cache.has(key)) cache.set(key, …)`, or the same after `cache.get(key)`. */
function readsBefore({ name }: HeldState, write: StateWrite): boolean {
  if (write.how !== 'key') return false;
  if (isOrAssignment(write)) return true;
  const fn = write.within[0];
  if (fn === undefined) return false;
  const short = name.slice(name.indexOf('.') + 1);
  let read = false;
  walkJavaScript(fn, (node) => {
    if (read || node.range[0] >= write.place.node.range[0]) return false;
    if (
      node.type === 'MemberExpression' &&
      node.property.type === 'Identifier' &&
      /^(?:get|has)$/.test(node.property.name)
    )
      read = mentions(node.object, (one) => one === short);
    else if (node.type === 'MemberExpression' && node.computed) read = mentions(node.object, (one) => one === short);
    return undefined;
  });
  return read;
}

function isOrAssignment({ above }: StateWrite): boolean {
  return above.some((one) => one.type === 'AssignmentExpression' && /^(?:\?\?=|\|\|=)$/.test(one.operator));
}

function isFilledOnce({ name }: HeldState, write: StateWrite): boolean {
  const short = name.slice(name.indexOf('.') + 1);
  return testsAround(write).some((test) => mentions(test, (one) => one === short));
}

/** Tests of `if` and `? :` around a write, and of what leaves the function before it. */
function testsAround({ above, place }: StateWrite): Node[] {
  const tests: Node[] = [];
  let inner: Node = place.node;
  for (const outer of above) {
    if (outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') tests.push(outer.test);
    if (outer.type === 'LogicalExpression' && outer.right === inner) tests.push(outer.left);
    if (outer.type === 'BlockStatement')
      for (const statement of outer.body) {
        if (statement === inner) break;
        if (statement.type === 'IfStatement' && leaves(statement.consequent)) tests.push(statement.test);
      }
    if (
      outer.type === 'FunctionDeclaration' ||
      outer.type === 'FunctionExpression' ||
      outer.type === 'ArrowFunctionExpression'
    )
      break;
    inner = outer;
  }
  return tests;
}

/** Whether entries are made anew after some time, so that none is older than it may be. */
function expires(state: HeldState, { within }: StateWrite): boolean {
  if (isAged(state) || within.slice(0, 1).some((fn) => mentions(fn, (name) => AGE.test(name)))) return true;
  const { text } = state.place.module.document;
  return /setInterval|setTimeout/.test(text) && /\.(?:clear|delete)\(/.test(text);
}

const AGE = /^(?:now|ttl|expir(?:es?|y)\w*|maxAge|max_age|timestamp|fetchedAt|cachedAt|lastFetch\w*|stale\w*)$/i;

/** An object that keeps beside its contents until when they hold: `versions.expiresAt`. */
function isAged({ mentions: all }: HeldState): boolean {
  return all.some(({ module, node }) => {
    const member = nodesAbove(module.document.tree, node)[0];
    return (
      member?.type === 'MemberExpression' &&
      member.object === node &&
      member.property.type === 'Identifier' &&
      AGE.test(member.property.name) &&
      !/^(?:now)$/.test(member.property.name)
    );
  });
}

/** Whether what is kept comes from a database, a service or the request, so that one copy can be older than another. */
function readsWhatChanges({ within }: StateWrite): boolean {
  const fn = within[0];
  let found = false;
  if (fn !== undefined)
    walkJavaScript(fn, (node) => {
      if (node.type === 'AwaitExpression') found = true;
      return !found;
    });
  return found;
}
