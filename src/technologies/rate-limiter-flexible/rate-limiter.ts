import { state, type Stated } from '../../facts/fact.js';
import { rateLimiter } from '../../facts/rate-limiter.js';
import type { JavaScriptProgram, Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { argument } from '../javascript-place.js';
import { protectedBy } from '../javascript-protects.js';
import { redisClientOf } from '../javascript-redis.js';

type Scope = 'process' | 'host' | 'cluster';

/** https://github.com/animir/node-rate-limiter-flexible/wiki: what each class counts in. Wrappers of limiters count nothing themselves. */
const CLASSES = new Map<string, readonly [store: string, scope: Scope]>([
  ['RateLimiterMemory', ['the memory of the process', 'process']],
  ['RateLimiterCluster', ['the memory of the primary process', 'host']],
  ['RateLimiterClusterMaster', ['the memory of the primary process', 'host']],
  ['RateLimiterClusterMasterPM2', ['the memory of the process that PM2 elects', 'host']],
  ['RateLimiterRedis', ['Redis', 'cluster']],
  ['RateLimiterRedisNonAtomic', ['Redis', 'cluster']],
  ['RateLimiterValkey', ['Valkey', 'cluster']],
  ['RateLimiterValkeyGlide', ['Valkey', 'cluster']],
  ['RateLimiterMongo', ['MongoDB', 'cluster']],
  ['RateLimiterMemcache', ['Memcached', 'cluster']],
  ['RateLimiterMySQL', ['MySQL', 'cluster']],
  ['RateLimiterPostgres', ['PostgreSQL', 'cluster']],
  ['RateLimiterDynamo', ['DynamoDB', 'cluster']],
  ['RateLimiterPrisma', ['the database', 'cluster']],
  ['RateLimiterDrizzle', ['the database', 'cluster']],
  ['RateLimiterEtcd', ['etcd', 'cluster']],
  ['RateLimiterSQLite', ['SQLite', 'host']],
]);

/** A limiter in memory as the insurance of one on the network is right, and none of its own. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (!javascript.imports('rate-limiter-flexible')) return;
  const made = javascript
    .uses('rate-limiter-flexible')
    .filter((use) => use.receiver === undefined && classOf(use) !== undefined);
  const insurances = insurancesOf(javascript, made);
  for (const use of made) {
    const known = classOf(use);
    if (known === undefined || insurances.has(use.node)) continue;
    const [store, scope] = known;
    const { name, protects } = protectedBy(javascript, use);
    const { made: client } = redisClientOf(program);
    yield state(rateLimiter, javascript.locate(use), {
      name,
      store,
      scope,
      protects,
      explicit: true,
      setting: use.steps.at(-1) ?? '',
      remedy: `new RateLimiterRedis({ storeClient: ${client}, ... }), with this one as its insuranceLimiter`,
    });
  }
}

function classOf(use: Use): readonly [string, Scope] | undefined {
  return CLASSES.get(use.steps.at(-1) ?? '');
}

/** The constructions that others are given as `insuranceLimiter`. */
function insurancesOf(javascript: JavaScriptProgram, made: readonly Use[]): ReadonlySet<Placed['node']> {
  const found = new Set<Placed['node']>();
  for (const use of made) {
    const options = argument(use, 0);
    const insurance = options === undefined ? 'absent' : javascript.option(options, 'insuranceLimiter');
    if (insurance === undefined || insurance === 'absent') continue;
    found.add(insurance.node);
    for (const one of javascript.trace(insurance))
      if (one.kind === 'package' && one.call !== undefined) found.add(one.call.node);
  }
  return found;
}
