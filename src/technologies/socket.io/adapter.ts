import { SCOPES, type Scope } from '../../facts/fact.js';
import type { Call, Placed, Traced } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown, type Evidence, type Maybe } from '../../location.js';
import { callsNamed } from '../javascript-calls.js';
import { reached } from '../javascript-conditions.js';
import { argument, at, written } from '../javascript-place.js';

/** What hands messages on to the other servers (https://socket.io/docs/v4/adapter/). */
export interface Adapter {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly explicit: boolean;
  readonly setting: string;
  readonly evidence: readonly Evidence[];
}

/** Packages of adapters, and whom they reach: the adapter for the workers of one machine speaks through their primary process. */
const PACKAGES = new Map<string, readonly [store: string, scope: Scope]>([
  ['@socket.io/redis-adapter', ['the Redis adapter', 'cluster']],
  ['@socket.io/redis-streams-adapter', ['the Redis streams adapter', 'cluster']],
  ['socket.io-redis', ['the Redis adapter', 'cluster']],
  ['@socket.io/postgres-adapter', ['the PostgreSQL adapter', 'cluster']],
  ['@socket.io/mongo-adapter', ['the MongoDB adapter', 'cluster']],
  ['socket.io-adapter-mongo', ['the MongoDB adapter', 'cluster']],
  ['mongo-socket.io', ['the MongoDB adapter', 'cluster']],
  ['@socket.io/aws-sqs-adapter', ['the SQS adapter', 'cluster']],
  ['@socket.io/gcp-pubsub-adapter', ['the Pub/Sub adapter', 'cluster']],
  ['@socket.io/azure-service-bus-adapter', ['the Service Bus adapter', 'cluster']],
  ['@socket.io/nats-adapter', ['the NATS adapter', 'cluster']],
  ['@mickl/socket.io-nats-adapter', ['the NATS adapter', 'cluster']],
  ['socket.io-amqp', ['the AMQP adapter', 'cluster']],
  ['socket.io-adapter-amqp', ['the AMQP adapter', 'cluster']],
  ['@socket.io/cluster-adapter', ['the cluster adapter', 'host']],
]);

export const NONE: Adapter = {
  store: 'the memory of the process',
  scope: 'process',
  explicit: false,
  setting: 'adapter of the Socket.IO server',
  evidence: [],
};

/** The adapter of the servers of a component: an option where they are made, or `io.adapter(...)` anywhere later. */
export function adapterOf(program: Program, options: readonly (Placed | undefined)[]): Adapter {
  const { javascript } = program;
  const found: Adapter[] = [];
  for (const option of options) {
    const value = option === undefined ? 'absent' : javascript.option(option, 'adapter');
    if (value !== undefined && value !== 'absent')
      found.push(ofExpression(program, value, 'adapter of the Socket.IO server'));
  }
  for (const call of callsNamed(program, 'adapter')) {
    const given = argument(call, 0);
    if (given === undefined || call.node.callee.type !== 'MemberExpression') continue;
    found.push(whereReached(program, call, ofExpression(program, given, written(at(call, call.node.callee)))));
  }
  // The widest: a second server for administrators may do without.
  return found.sort((a, b) => rank(b) - rank(a))[0] ?? NONE;
}

function rank({ scope }: Adapter): number {
  return typeof scope === 'string' ? SCOPES.indexOf(scope) * 2 : 1;
}

function ofExpression(program: Program, expression: Placed, setting: string): Adapter {
  const traced = program.javascript.trace(expression);
  const known = traced.map(packageOf).find((name) => name !== undefined) ?? onlyImported(program, traced);
  const [store, scope] = PACKAGES.get(known ?? '') ?? [];
  if (store !== undefined && scope !== undefined)
    return {
      store,
      scope,
      explicit: true,
      setting,
      evidence: [{ message: 'messages are handed on here', location: program.javascript.locate(expression) }],
    };
  const reason = `the adapter ${written(expression)} is not one that is known`;
  return {
    store: unknown(reason),
    scope: unknown(reason),
    explicit: true,
    setting,
    evidence: [{ message: 'the adapter is set here', location: program.javascript.locate(expression) }],
  };
}

function packageOf(traced: Traced): string | undefined {
  return traced.kind === 'package' && PACKAGES.has(traced.package) ? traced.package : undefined;
}

/** A field of a class, or what a function elsewhere returns: where the code imports a single adapter, it is that one. */
function onlyImported(program: Program, traced: readonly Traced[]): string | undefined {
  if (traced.some((one) => one.kind === 'package')) return undefined;
  const imported = [...PACKAGES.keys()].filter((name) => program.javascript.imports(name));
  return imported.length === 1 ? imported[0] : undefined;
}

function whereReached(program: Program, call: Placed<Call>, adapter: Adapter): Adapter {
  const { outcome, condition, variables, evidence } = reached(program, call);
  if (outcome === 'yes') return adapter;
  const decided = variables.length > 0 ? `the variable ${variables.join(', ')}` : condition;
  if (outcome === 'no') return { ...NONE, setting: `${adapter.setting}, which ${decided} switches on`, evidence };
  const reason = `an adapter is set where ${condition}`;
  const candidates = typeof adapter.scope === 'string' ? (['process', adapter.scope] as const) : SCOPES;
  return { ...adapter, store: unknown(reason), scope: unknown<Scope>(reason, candidates), evidence };
}
