import { cache } from '../../facts/cache.js';
import { state, type Scope, type Stated } from '../../facts/fact.js';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { reached } from '../javascript-conditions.js';
import { argument, at, nameOf } from '../javascript-place.js';
import { redisClientOf } from '../javascript-redis.js';
import { functionsAround } from '../request-handlers.js';
import { returnedBy } from '../returned-options.js';
import { isOffByDefault } from '../shared-store-switch.js';
import { useOf } from './cache-use.js';
import { byExpression, type Kept } from './libraries.js';

const MODULE = '@nestjs/cache-manager';

/** `CacheModule.register()`, in the memory of the process unless stores are given: https://docs.nestjs.com/techniques/caching */
export function* nestCaches(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (!javascript.imports(MODULE)) return;
  for (const use of javascript.uses(MODULE)) {
    if (use.steps[0] !== 'CacheModule' || !/^register(?:Async)?$/.test(use.steps.at(-1) ?? '')) continue;
    const { store, scope, explicit, switchedBy } = keptBy(program, use);
    const { purpose, upkeep, evidence } = useOf(program, '', injectedUses(program));
    const { package: client } = redisClientOf(program);
    yield state(
      cache,
      javascript.locate(use),
      {
        name: 'CacheModule',
        store,
        scope,
        purpose: purpose === 'unused' && intercepts(program) ? 'general' : purpose,
        ...(switchedBy === '' ? { upkeep } : {}),
        explicit,
        setting: `stores of CacheModule${switchedBy === '' ? '' : `, which ${switchedBy} decides`}`,
        remedy: `stores: [createKeyv(process.env.REDIS_URL)] of @keyv/redis${client === 'ioredis' ? '' : ', which speaks through the package redis'}`,
      },
      evidence,
    );
  }
}

type Chosen = Kept & { readonly switchedBy: string };

function keptBy(program: Program, use: Use): Chosen {
  const { javascript } = program;
  const memory: Chosen = { store: 'the memory of the process', scope: 'process', explicit: false, switchedBy: '' };
  const given = argument(use, 0);
  if (given === undefined) return memory;
  const factory = javascript.option(given, 'useFactory');
  const fn = factory === undefined || factory === 'absent' ? undefined : javascript.functionOf(factory);
  const returned = fn === undefined ? undefined : returnedBy(fn.node.body);
  const options = fn === undefined ? given : returned === undefined ? undefined : at(fn, returned);
  if (options === undefined) return open('what makes the options cannot be followed');
  // `options.stores = […]` under a condition, before they are given back.
  const assigned = fn === undefined || options.node.type !== 'Identifier' ? [] : assignments(fn, options.node.name);
  const outcomes = assigned.map((place) => ({ place, ...reached(program, place) }));
  const taken = outcomes.find(({ outcome }) => outcome === 'yes');
  if (taken !== undefined) return { ...byExpression(program, taken.place), switchedBy: '' };
  const perhaps = outcomes.find(({ outcome }) => outcome === 'unknown');
  if (perhaps !== undefined) {
    const condition = perhaps.variables.length > 0 ? `the variable ${perhaps.variables.join(', ')}` : perhaps.condition;
    if (isOffByDefault(program, perhaps.condition)) return { ...memory, switchedBy: condition };
    return open(`stores are given where ${condition}`);
  }
  for (const key of ['stores', 'store']) {
    const option = javascript.option(options, key);
    if (option === 'absent') continue;
    if (option === undefined) return open(`its ${key} cannot be followed`);
    if (option.node.type === 'ArrayExpression' && option.node.elements.length === 0) return memory;
    return { ...byExpression(program, option), switchedBy: '' };
  }
  return memory;
}

function open(reason: string): Chosen {
  return {
    store: unknown(reason),
    scope: unknown<Scope>(reason, ['process', 'cluster']),
    explicit: true,
    switchedBy: '',
  };
}

function assignments({ module, node }: Placed, name: string): Placed[] {
  const found: Placed[] = [];
  walkJavaScript(node, (one) => {
    if (
      one.type === 'AssignmentExpression' &&
      one.left.type === 'MemberExpression' &&
      nameOf(one.left.object) === name &&
      /^stores?$/.test(nameOf(one.left.property))
    )
      found.push({ module, node: one.right });
  });
  return found;
}

/** Calls of what classes are handed by `@Inject(CACHE_MANAGER)`. */
function injectedUses(program: Program): Use[] {
  const found: Use[] = [];
  for (const module of program.javascript.modules) {
    if (!module.document.text.includes('CACHE_MANAGER')) continue;
    const names = new Set(
      [
        ...module.document.text.matchAll(
          /CACHE_MANAGER\)\s{0,40}(?:(?:private|public|protected|readonly)\s{1,20}){0,3}(\w{1,60})/g,
        ),
      ].map(([, name]) => name),
    );
    walkJavaScript(module.document.tree, (node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
      if (!names.has(nameOf(node.callee.object))) return;
      found.push({
        module,
        node,
        package: MODULE,
        subpath: '',
        steps: [nameOf(node.callee.property)],
        receiver: undefined,
        within: [...functionsAround({ module, node })].reverse(),
      });
    });
  }
  return found;
}

/** `@UseInterceptors(CacheInterceptor)`: whole answers are kept. */
function intercepts(program: Program): boolean {
  return program.javascript.modules.some(({ document }) => /\bCacheInterceptor\b/.test(document.text));
}
