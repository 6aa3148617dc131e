import { state, type Stated } from '../../facts/fact.js';
import { rateLimiter } from '../../facts/rate-limiter.js';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { isUnknown } from '../../location.js';
import { isReached } from '../reached.js';
import { pluginsOf } from './plugins.js';
import { provisionOf, type Provision } from './provisions.js';

/**
 * `hapi-rate-limit` counts in a cache of the server (https://github.com/wraithgar/hapi-rate-limit#plugin-options), and
 * `hapi-rate-limitor` always in Redis.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const { place, options } of pluginsOf(program, ['hapi-rate-limit'])) {
    if (isReached(program, place) === false) continue;
    const { store, scope, explicit, switchedBy, evidence } = countedIn(program, options, place);
    yield state(
      rateLimiter,
      javascript.locate(place),
      {
        name: 'hapi-rate-limit',
        store,
        scope,
        protects: 'requests',
        explicit,
        setting: `userCache of hapi-rate-limit${switchedBy === '' ? '' : `, which ${switchedBy} decides`}`,
        remedy: "userCache: { cache: 'redis' }, with a cache of that name over Redis among those of the server",
      },
      evidence,
    );
  }
  for (const { place } of pluginsOf(program, ['hapi-rate-limitor']))
    yield state(rateLimiter, javascript.locate(place), {
      name: 'hapi-rate-limitor',
      store: 'Redis',
      scope: 'cluster',
      protects: 'requests',
      explicit: true,
      setting: 'redis of hapi-rate-limitor',
      remedy: '',
    });
}

function countedIn(program: Program, options: Placed | undefined, { module }: Placed): Provision {
  const { javascript } = program;
  const holder = options === undefined ? 'absent' : javascript.option(options, 'userCache');
  const given = holder === 'absent' || holder === undefined ? 'absent' : javascript.option(holder, 'cache');
  if (given !== 'absent') {
    const value = given === undefined ? undefined : javascript.value(given);
    return provisionOf(program, value === undefined ? null : value.kind === 'none' ? undefined : (text(value) ?? null));
  }
  // `rateLimit.options.userCache.cache = 'redis'`, under a condition of the environment.
  for (const assigned of assignments(module)) {
    const reach = isReached(program, assigned);
    const name = text(javascript.value(assigned)) ?? null;
    const there = provisionOf(program, name);
    if (reach === true || (reach === undefined && isUnknown(there.scope))) return there;
    if (reach === undefined && there.switchedBy === '') return { ...there, ...provisionOf(program, null) };
    return { ...provisionOf(program, undefined), switchedBy: there.switchedBy };
  }
  return provisionOf(program, undefined);
}

function assignments(module: Placed['module']): Placed[] {
  const found: Placed[] = [];
  if (!module.document.text.includes('userCache.cache')) return found;
  walkJavaScript(module.document.tree, (node) => {
    if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return;
    if (/\buserCache\.cache$/.test(module.document.text.slice(...node.left.range)))
      found.push({ module, node: node.right });
  });
  return found;
}
