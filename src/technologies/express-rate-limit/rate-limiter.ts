import { state, type Stated } from '../../facts/fact.js';
import { rateLimiter } from '../../facts/rate-limiter.js';
import type { Call, Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { callsNamed } from '../javascript-calls.js';
import { argument, at, nameOf, written } from '../javascript-place.js';
import { protectedBy } from '../javascript-protects.js';
import { redisClientOf, type RedisClient } from '../javascript-redis.js';
import { nestOptions, protectsLogins, THROTTLER } from './nest.js';
import { MEMORY, storeOf, undecided, type Store } from './stores.js';

interface Library {
  readonly package: string;
  /** The options that may hold the store, or the client of one; 0 is the first argument itself. */
  readonly keys: readonly string[] | 0;
  /** What it always counts in, whatever client it is handed. */
  readonly shared?: string;
  /** A line to write, with a client of the kind that the project has. */
  remedy(client: RedisClient): string;
}

const BUCKETS = ['limiter', 'limiter-es6-compat'];

const LIBRARIES: readonly Library[] = [
  { package: 'express-rate-limit', keys: ['store'], remedy: withStore },
  { package: 'express-slow-down', keys: ['store'], remedy: withStore },
  { package: 'koa-ratelimit', keys: ['db'], remedy: ({ made }) => `driver: 'redis', db: ${made}` },
  {
    package: 'express-brute',
    keys: 0,
    remedy: ({ made }) => `new RedisStore({ client: ${made} }) of express-brute-redis`,
  },
  // https://github.com/rhinobase/hono-rate-limiter
  { package: 'hono-rate-limiter', keys: ['store'], remedy: withStore },
  // https://github.com/ysocorp/koa2-ratelimit: options of all limits may stand at one place.
  {
    package: 'koa2-ratelimit',
    keys: ['store'],
    remedy: () => 'store: new Stores.Redis({ url: process.env.REDIS_URL }) of koa2-ratelimit',
  },
  // https://github.com/ravangen/graphql-rate-limit: counts with a class of rate-limiter-flexible.
  {
    package: 'graphql-rate-limit-directive',
    keys: ['limiterClass'],
    remedy: ({ made }) =>
      `limiterClass: RateLimiterRedis of rate-limiter-flexible, with limiterOptions: { storeClient: ${made} }`,
  },
  {
    package: 'graphql-rate-limit',
    keys: ['store'],
    remedy: ({ made }) => `store: new RedisStore(${made}) of graphql-rate-limit`,
  },
  { package: '@upstash/ratelimit', keys: ['redis'], shared: 'Redis', remedy: ({ made }) => `redis: ${made}` },
  ...BUCKETS.map((name): Library => ({
    package: name,
    keys: [],
    remedy: ({ made }) => `RateLimiterRedis of rate-limiter-flexible, with storeClient: ${made}`,
  })),
];

const FASTIFY = ['@fastify/rate-limit', 'fastify-rate-limit'];

/** Limits that stand before routes. Without a store they count in the memory of the process. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const library of LIBRARIES) {
    if (!program.javascript.imports(library.package)) continue;
    for (const use of program.javascript.uses(library.package))
      if (makesLimit(use)) yield* ofLibrary(program, library, use);
  }
  if (FASTIFY.some((name) => program.javascript.imports(name))) yield* ofFastify(program);
  if (program.javascript.imports(THROTTLER)) yield* ofNest(program);
}

const MAKES =
  /^(?:default|rateLimit|RateLimit|RateLimiter|rateLimiter|slowDown|middleware|Ratelimit|rateLimitDirective|getGraphQLRateLimiter|createRateLimitDirective|createRateLimitRule|)$/;

function makesLimit({ receiver, steps }: Use): boolean {
  return receiver === undefined && MAKES.test(steps.at(-1) ?? '');
}

/** `rate-limit-redis` takes a function that sends commands, whichever client sends them: https://github.com/express-rate-limit/rate-limit-redis */
function withStore(client: RedisClient): string {
  const send =
    client.package === 'ioredis' ? '(...args) => client.call(...args)' : '(...args) => client.sendCommand(args)';
  return `store: new RedisStore({ sendCommand: ${send} }) of rate-limit-redis, with client = ${client.made}`;
}

function* ofLibrary(program: Program, library: Library, use: Use): Iterable<Stated> {
  const { javascript } = program;
  const options = argument(use, 0);
  const { name, protects } = protectedBy(javascript, use);
  // Who forgets successes counts attempts.
  const attempts = options === undefined ? undefined : javascript.option(options, 'skipSuccessfulRequests');
  const guessed = protects === 'logins' || (attempts !== undefined && attempts !== 'absent');
  // A bucket of tokens slows whatever it is asked to slow, calls to others mostly.
  if (BUCKETS.includes(library.package) && !guessed) return;
  const found =
    library.keys === 0
      ? { store: options === undefined ? MEMORY : storeOf(javascript, options), explicit: options !== undefined }
      : library.shared === undefined
        ? chosen(program, options, library.keys)
        : { store: { store: library.shared, scope: 'cluster' as const, evidence: [] }, explicit: true };
  yield limit(program, use, found, {
    name,
    protects: guessed ? 'logins' : 'requests',
    setting: `${settingOf(library)}${written(at(use, use.node.callee))}()`,
    remedy: library.remedy(redisClientOf(program)),
  });
}

function settingOf({ keys }: Library): string {
  return keys === 0 || keys[0] === undefined ? '' : `${keys[0]} of `;
}

interface Chosen {
  /** Variables of the environment that decide. */
  readonly variables?: readonly string[];
  readonly store: Store;
  readonly explicit: boolean;
}

function limit(
  program: Program,
  place: Placed,
  { store, explicit, variables = [] }: Chosen,
  said: { name: string; protects: 'logins' | 'requests'; setting: string; remedy: string },
): Stated {
  const setting =
    variables.length === 0 ? said.setting : `${said.setting}, which the variable ${variables.join(', ')} decides`;
  const properties = { ...said, setting, store: store.store, scope: store.scope, explicit };
  return state(rateLimiter, program.javascript.locate(place), properties, store.evidence);
}

function chosen(program: Program, options: Placed | undefined, keys: readonly string[]): Chosen {
  for (const key of keys) {
    const option = options === undefined ? 'absent' : program.javascript.option(options, key);
    if (option === 'absent') continue;
    if (option === undefined)
      return { store: undecided(`the options of the limit cannot be followed to "${key}"`), explicit: true };
    return {
      store: storeOf(program.javascript, option),
      explicit: true,
      variables: variablesOf(program, options, key),
    };
  }
  // Who takes a package that knows no stores has chosen.
  return { store: MEMORY, explicit: keys.length === 0 };
}

/** What the value of an option hangs on: `process.env.REDIS_URL ? new RedisStore() : undefined`. */
function variablesOf(program: Program, options: Placed | undefined, key: string): readonly string[] {
  if (options?.node.type !== 'ObjectExpression') return [];
  for (const property of options.node.properties)
    if (property.type === 'Property' && nameOf(property.key) === key && property.value.type === 'ConditionalExpression')
      return program.javascript.value(at(options, property.value.test)).origin.variables;
  return [];
}

/** `app.register(rateLimit, { redis })` (https://github.com/fastify/fastify-rate-limit). */
function* ofFastify(program: Program): Iterable<Stated> {
  for (const call of callsNamed(program, 'register')) {
    if (!isPlugin(program, call)) continue;
    const { made } = redisClientOf(program);
    const client =
      program.javascript.dependency('ioredis') === undefined ? 'new Redis(process.env.REDIS_URL) of ioredis' : made;
    yield limit(program, call, chosen(program, argument(call, 1), ['redis', 'store']), {
      name: 'all routes',
      protects: 'requests',
      setting: 'redis of the plugin',
      remedy: `redis: ${client}`,
    });
  }
}

function isPlugin(program: Program, call: Placed<Call>): boolean {
  const first = argument(call, 0);
  if (first === undefined) return false;
  return program.javascript.trace(first).some((one) => one.kind === 'package' && FASTIFY.includes(one.package));
}

/** `ThrottlerModule.forRoot([{ ttl, limit }])` (https://docs.nestjs.com/security/rate-limiting#storages), where a guard counts. */
function* ofNest(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (!javascript.modules.some(({ document }) => document.text.includes('ThrottlerGuard'))) return;
  const overridden = javascript.modules.some(
    ({ document: { text } }) => /\bextends\s+ThrottlerGuard\b/.test(text) && /\bhandleRequest\b/.test(text),
  );
  for (const use of javascript.uses(THROTTLER)) {
    if (use.steps[0] !== 'ThrottlerModule' || !/^forRoot(?:Async)?$/.test(use.steps.at(-1) ?? '')) continue;
    const options = nestOptions(program, use);
    const found = overridden
      ? { store: undecided('the guard of the project decides how it counts'), explicit: true }
      : options === 'not known'
        ? { store: undecided('what makes the options cannot be followed'), explicit: true }
        : chosen(program, options, ['storage']);
    const client =
      javascript.dependency('ioredis') === undefined
        ? 'new Redis(process.env.REDIS_URL) of ioredis'
        : redisClientOf(program).made;
    yield limit(program, use, found, {
      name: 'ThrottlerGuard',
      protects: protectsLogins(program) ? 'logins' : 'requests',
      setting: 'storage of ThrottlerModule',
      remedy: `storage: new ThrottlerStorageRedisService(${client}) of @nest-lab/throttler-storage-redis`,
    });
  }
}
