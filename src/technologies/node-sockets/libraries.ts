import { realtimeHub } from '../../facts/realtime-hub.js';
import { state, type Scope, type Stated } from '../../facts/fact.js';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { argument, written } from '../javascript-place.js';
import { isReached } from '../reached.js';

interface Library {
  readonly package: string;
  /** What makes the hub. */
  readonly makes: RegExp;
  /** Calls on it that speak to others; undefined where it is there for nothing else. */
  readonly speaks?: RegExp;
  /** Options that hand messages on to other instances, and packages that do where they are imported. */
  readonly options: readonly string[];
  readonly shared: RegExp;
  readonly remedy: string;
}

const LIBRARIES: readonly Library[] = [
  // https://the-guild.dev/graphql/yoga-server/docs/features/subscriptions#distributed-pubsub-for-production
  ...['graphql-yoga', '@graphql-yoga/subscription', '@graphql-yoga/node'].map((name): Library => ({
    package: name,
    makes: /^createPubSub$/,
    speaks: /^publish$/,
    options: ['eventTarget'],
    shared: /redis|event-target/,
    remedy:
      'createPubSub({ eventTarget: createRedisEventTarget({ publishClient, subscribeClient }) }) of @graphql-yoga/redis-event-target',
  })),
  // https://tiptap.dev/docs/hocuspocus/guides/scalability
  {
    package: '@hocuspocus/server',
    makes: /^(?:Server|Hocuspocus|Server\.configure|Hocuspocus\.configure)$/,
    options: [],
    shared: /^@hocuspocus\/extension-redis$/,
    remedy: 'extensions: [new Redis({ host: process.env.REDIS_HOST })] of @hocuspocus/extension-redis',
  },
  // https://share.github.io/sharedb/adapters/pub-sub
  {
    package: 'sharedb',
    makes: /^(?:default|)$/,
    options: ['pubsub'],
    shared: /^sharedb-redis-pubsub$/,
    remedy: 'new ShareDB({ db, pubsub: redisPubsub({ url: process.env.REDIS_URL }) }) of sharedb-redis-pubsub',
  },
  // https://docs.colyseus.io/deployment/scalability
  {
    package: 'colyseus',
    makes: /^Server$/,
    options: ['presence'],
    shared: /^@colyseus\/redis-presence$/,
    remedy: 'presence: new RedisPresence(process.env.REDIS_URL), driver: new RedisDriver(process.env.REDIS_URL)',
  },
  {
    package: 'y-websocket',
    makes: /^setupWSConnection$/,
    options: [],
    shared: /^(?:y-redis|@y\/redis)$/,
    remedy: 'y-redis in place of y-websocket/bin/utils',
  },
  {
    package: 'primus',
    makes: /^(?:default|)$/,
    speaks: /^(?:write|forEach|send|room)$/,
    options: ['cluster'],
    shared: /^(?:metroplex|omega-supreme|primus-cluster|primus-redis-rooms)$/,
    remedy: 'metroplex and omega-supreme beside Primus, with Redis',
  },
  {
    package: 'faye',
    makes: /^NodeAdapter$/,
    options: ['engine'],
    shared: /^faye-redis$/,
    remedy: "engine: { type: require('faye-redis'), host: 'redis' }",
  },
];

/** Libraries that hand messages on among connections, by their own word within one process unless they are told otherwise. */
export function* libraryHubs(program: Program): Iterable<Stated> {
  for (const library of LIBRARIES) {
    if (!program.javascript.imports(library.package)) continue;
    const uses = program.javascript.uses(library.package);
    const made = uses.filter(({ receiver, steps }) => receiver === undefined && library.makes.test(steps.join('.')));
    for (const use of made.slice(0, 4))
      if (isReached(program, use) !== false) yield stated(program, library, use, uses);
  }
  yield* mercurius(program);
  yield* topics(program);
}

function stated(program: Program, library: Library, use: Use, uses: readonly Use[]): Stated {
  const speaks =
    library.speaks === undefined
      ? use
      : uses.find((one) => one.receiver?.node === use.node && library.speaks?.test(one.steps.at(-1) ?? '') === true);
  return hub(program, use, {
    ...handedOn(program, library, use),
    speaks,
    setting: `${written({ module: use.module, node: use.node.callee })}() of ${library.package}`,
    remedy: library.remedy,
  });
}

interface Hub {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly speaks: Placed | undefined;
  readonly setting: string;
  readonly remedy: string;
}

function hub(program: Program, place: Placed, { store, scope, speaks, setting, remedy }: Hub): Stated {
  const location = program.javascript.locate(place);
  return state(
    realtimeHub,
    location,
    { store, scope, broadcasts: speaks !== undefined, polling: false, explicit: scope !== 'process', setting, remedy },
    speaks === undefined || speaks.node === place.node
      ? []
      : [{ message: 'it speaks to other connections here', location: program.javascript.locate(speaks) }],
  );
}

const MEMORY = { store: 'the memory of the process', scope: 'process' } as const;

function handedOn(program: Program, library: Library, use: Use): Pick<Hub, 'store' | 'scope'> {
  const { javascript } = program;
  const shared = javascript.modules.length > 0 && sharedPackage(program, library.shared);
  const options = argument(use, 0);
  for (const key of library.options) {
    const option = options === undefined ? 'absent' : javascript.option(options, key);
    if (option === 'absent') continue;
    const named =
      option === undefined
        ? undefined
        : javascript.trace(option).find((one) => one.kind === 'package' && library.shared.test(one.package));
    if (named !== undefined || shared) return { store: 'a channel that all instances hear', scope: 'cluster' };
    const reason = `what ${key} hands messages on to is not known`;
    return { store: unknown(reason), scope: unknown<Scope>(reason, ['process', 'cluster']) };
  }
  return library.options.length === 0 && shared
    ? { store: 'a channel that all instances hear', scope: 'cluster' }
    : MEMORY;
}

function sharedPackage(program: Program, pattern: RegExp): boolean {
  return program.javascript.modules.some(({ document }) => {
    for (const statement of document.tree.body)
      if (statement.type === 'ImportDeclaration' && pattern.test(statement.source.value)) return true;
    return (
      document.text.includes('require(') &&
      [...document.text.matchAll(/require\(['"]([^'"\n]{1,80})['"]\)/g)].some(([, name]) => pattern.test(name ?? ''))
    );
  });
}

/** `app.register(mercurius, { subscription: true })`: https://mercurius.dev/#/docs/subscriptions */
function* mercurius(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (!javascript.imports('mercurius')) return;
  for (const use of javascript.uses('fastify')) {
    if (use.steps.at(-1) !== 'register') continue;
    const plugin = argument(use, 0);
    const options = argument(use, 1);
    if (plugin === undefined || options === undefined) continue;
    if (!javascript.trace(plugin).some((one) => one.kind === 'package' && one.package === 'mercurius')) continue;
    const subscription = javascript.option(options, 'subscription');
    if (subscription === 'absent' || subscription === undefined) continue;
    const value = javascript.value(subscription);
    if (value.kind === 'bool' && !value.value) continue;
    const own = ['emitter', 'pubsub'].some(
      (key) => value.kind !== 'bool' && javascript.option(subscription, key) !== 'absent',
    );
    const reason = 'what hands messages on to other instances is not known';
    const known = own && sharedPackage(program, /^(?:mqemitter-redis|mqemitter-mongodb|mqemitter-kafka)$/);
    yield hub(program, subscription, {
      ...(known
        ? { store: 'a channel that all instances hear', scope: 'cluster' }
        : own
          ? { store: unknown(reason), scope: unknown<Scope>(reason, ['process', 'cluster']) }
          : MEMORY),
      speaks: subscription,
      setting: 'subscription of mercurius',
      remedy: "subscription: { emitter: mqRedis({ host: 'redis' }) } of mqemitter-redis",
    });
  }
}

/** Topics of a server that all of its connections subscribe to: `app.publish(topic, message)`, `server.publish(path, message)`. */
function* topics(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const [name, publishes] of [
    ['uWebSockets.js', /^publish$/],
    ['@hapi/hapi', /^(?:publish|broadcast)$/],
  ] as const) {
    if (!javascript.imports(name) || (name === '@hapi/hapi' && !javascript.imports('@hapi/nes'))) continue;
    const call = javascript.uses(name).find(({ steps }) => publishes.test(steps.at(-1) ?? ''));
    if (call === undefined) continue;
    yield hub(program, call, {
      ...MEMORY,
      speaks: call,
      setting: `${written({ module: call.module, node: call.node.callee })}()`,
      remedy:
        "client.publish('messages', text), and in each instance subscriber.subscribe('messages', deliver) of redis",
    });
  }
}
