import { state, type Stated } from '../../facts/fact.js';
import { sessionStore } from '../../facts/session-store.js';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { redisClientOf } from '../javascript-redis.js';
import { isReached } from '../reached.js';
import { pluginsOf } from './plugins.js';
import { provisionOf } from './provisions.js';

/** What fits into the cookie stays there: https://github.com/hapijs/yar/blob/master/API.md (`maxCookieSize`, 1000 where nobody says). */
const USUAL = 1000;

/** Sessions of yar: in a cookie as long as they are small, else in a cache of the server. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const { place, options } of pluginsOf(program, ['@hapi/yar', 'yar'])) {
    if (isReached(program, place) === false) continue;
    const cache = nested(program, options, 'cache', 'cache');
    const name = cache === undefined ? undefined : (text(javascript.value(cache)) ?? null);
    const { store, scope, switchedBy, evidence } = provisionOf(program, name);
    const size = sizeOf(program, options);
    const kept =
      typeof store === 'string' && size !== 0 ? `${store}, as soon as they outgrow a cookie of ${size} bytes` : store;
    yield state(
      sessionStore,
      javascript.locate(place),
      {
        store: scope === 'cluster' ? store : kept,
        keeper: 'own',
        scope,
        explicit: cache !== undefined,
        setting: `cache of @hapi/yar${switchedBy === '' ? '' : `, which ${switchedBy} decides`}`,
        remedy: scope === 'cluster' ? '' : remedyOf(program),
      },
      evidence,
    );
  }
}

function remedyOf(program: Program): string {
  const client = redisClientOf(program).package === 'ioredis' ? 'client: redis' : 'url: process.env.REDIS_URL';
  return `cache: { cache: 'session' }, with cache: [{ name: 'session', provider: { constructor: CatboxRedis, options: { ${client} } } }] of the server`;
}

function sizeOf(program: Program, options: Placed | undefined): number | string {
  const given = options === undefined ? 'absent' : program.javascript.option(options, 'maxCookieSize');
  if (given === 'absent') return USUAL;
  const value = given === undefined ? undefined : program.javascript.value(given);
  return value?.kind === 'int' || value?.kind === 'float' ? Number(value.value) : 'so many';
}

function nested(program: Program, options: Placed | undefined, outer: string, inner: string): Placed | undefined {
  const holder = options === undefined ? 'absent' : program.javascript.option(options, outer);
  if (holder === 'absent' || holder === undefined) return undefined;
  const found = program.javascript.option(holder, inner);
  return found === 'absent' ? undefined : found;
}
