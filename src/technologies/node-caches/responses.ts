import { cache } from '../../facts/cache.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { argument, at, written } from '../javascript-place.js';
import { redisClientOf } from '../javascript-redis.js';
import { isReached } from '../reached.js';
import { byExpression, type Kept } from './libraries.js';

const PLUGINS = ['apollo-server-plugin-response-cache', '@apollo/server-plugin-response-cache'];
const SERVERS = [
  '@apollo/server',
  'apollo-server',
  'apollo-server-express',
  'apollo-server-koa',
  'apollo-server-fastify',
  'apollo-server-core',
];

/**
 * Whole answers of a GraphQL server, in the cache that the plugin or the server is given, else in the memory of the process:
 * https://www.apollographql.com/docs/apollo-server/performance/caching#setting-up-the-response-cache
 */
export function* responseCaches(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const name of PLUGINS) {
    if (!javascript.imports(name)) continue;
    for (const use of javascript.uses(name)) {
      if (use.receiver !== undefined || isReached(program, use) === false) continue;
      const kept = given(program, use) ?? serverCache(program) ?? MEMORY;
      yield state(cache, javascript.locate(use), {
        name: 'answers',
        store: kept.store,
        scope: kept.scope,
        purpose: 'general',
        explicit: kept.explicit,
        setting: `cache of ${written(at(use, use.node.callee))}()`,
        remedy: `cache: new KeyvAdapter(new Keyv({ store: new KeyvRedis(${redisClientOf(program).made}) })) of @apollo/utils.keyvadapter`,
      });
    }
  }
}

const MEMORY: Kept = { store: 'the memory of the process', scope: 'process', explicit: false };

function given(program: Program, use: Use): Kept | undefined {
  const options = argument(use, 0);
  const option = options === undefined ? 'absent' : program.javascript.option(options, 'cache');
  return option === 'absent' || option === undefined ? undefined : byAdapter(program, option);
}

function serverCache(program: Program): Kept | undefined {
  for (const name of SERVERS)
    for (const use of program.javascript.imports(name) ? program.javascript.uses(name) : []) {
      if (use.receiver !== undefined || !/ApolloServer(?:Base)?$/.test(use.steps.at(-1) ?? '')) continue;
      const found = given(program, use);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** `new KeyvAdapter(new Keyv(…))`, `new RedisCache(…)`, `new InMemoryLRUCache()`, `'bounded'`. */
function byAdapter(program: Program, option: Parameters<typeof byExpression>[1]): Kept {
  if (program.javascript.value(option).kind === 'str') return MEMORY;
  for (const one of program.javascript.trace(option)) {
    if (one.kind !== 'package') continue;
    if (one.steps.includes('InMemoryLRUCache')) return MEMORY;
    const inner =
      one.package === '@apollo/utils.keyvadapter' && one.call !== undefined ? argument(one.call, 0) : undefined;
    if (inner !== undefined) return byExpression(program, inner);
  }
  return byExpression(program, option);
}
