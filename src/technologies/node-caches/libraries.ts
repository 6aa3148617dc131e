import type { Scope } from '../../facts/fact.js';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { items } from '../../link/value.js';
import { unknown, type Maybe } from '../../location.js';
import { argument, at, written } from '../javascript-place.js';

/** Where a cache keeps its entries. */
export interface Kept {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly explicit: boolean;
}

export interface Library {
  readonly package: string;
  /** The last step to the call that makes a cache. */
  readonly makes: RegExp;
  /** What it makes is a function that asks the cache first. */
  readonly memoises?: true;
  keptBy(program: Program, use: Use): Kept;
}

const MEMORY: Kept = { store: 'the memory of the process', scope: 'process', explicit: true };
const inMemory = (): Kept => MEMORY;

/** Packages of caches that lie in the memory of their process, and of those that take a store. */
export const LIBRARIES: readonly Library[] = [
  { package: 'node-cache', makes: /^(?:default|NodeCache|)$/, keptBy: inMemory },
  { package: 'lru-cache', makes: /^(?:default|LRUCache|LRU|)$/, keptBy: inMemory },
  { package: 'quick-lru', makes: /^(?:default|)$/, keptBy: inMemory },
  { package: 'tiny-lru', makes: /^(?:lru|LRU|)$/, keptBy: inMemory },
  { package: '@isaacs/ttlcache', makes: /^(?:default|TTLCache|)$/, keptBy: inMemory },
  { package: 'memory-cache', makes: /^Cache$/, keptBy: inMemory },
  { package: 'lru_map', makes: /^LRUMap$/, keptBy: inMemory },
  { package: 'mnemonist', makes: /^(?:LRUCache|LRUMap)$/, keptBy: inMemory },
  { package: 'cacheable', makes: /^(?:CacheableMemory)$/, keptBy: inMemory },
  ...[
    'memoizee',
    'p-memoize',
    'moize',
    'mem',
    'memoize',
    'fast-memoize',
    'micro-memoize',
    'nano-memoize',
    'memoizerific',
  ].map((name): Library => ({
    package: name,
    makes: /^(?:default|moize|promise|microMemoize|)$/,
    memoises: true,
    keptBy: inMemory,
  })),
  { package: 'lodash', makes: /^(?:default\.)?memoize$/, memoises: true, keptBy: inMemory },
  { package: 'keyv', makes: /^(?:default|Keyv|)$/, keptBy: byStore },
  { package: 'cache-manager', makes: /^(?:caching|createCache|multiCaching)$/, keptBy: byStore },
];

const NETWORK = /redis|valkey|memcache|mongo|postgres|mysql|etcd|dynamo|upstash/i;

/** `new Keyv('redis://...')`, `new Keyv({ store: new KeyvRedis() })`, `caching(redisStore)`, `createCache({ stores: [...] })`. */
function byStore(program: Program, use: Use): Kept {
  const { javascript } = program;
  const [first] = use.node.arguments;
  if (first === undefined) return { ...MEMORY, explicit: false };
  const options = argument(use, 0);
  if (options === undefined) return notKnown('its arguments are spread');
  if (options.node.type === 'ObjectExpression') {
    for (const key of ['store', 'stores', 'uri']) {
      const option = javascript.option(options, key);
      if (option === 'absent') continue;
      return option === undefined ? notKnown(`its ${key} cannot be followed`) : byExpression(program, option);
    }
    return { ...MEMORY, explicit: false };
  }
  return byExpression(program, options);
}

/** Where a store keeps its entries, or several of which the widest counts. */
export function byExpression(program: Program, expression: Placed): Kept {
  const { javascript } = program;
  if (expression.node.type === 'ArrayExpression') {
    const kept = expression.node.elements.flatMap((one) =>
      one === null || one.type === 'SpreadElement' ? [] : [byExpression(program, at(expression, one))],
    );
    // A memory in front of a shared store is a tier that expires; the shared one decides.
    return kept.find(({ scope }) => scope === 'cluster') ?? kept[0] ?? MEMORY;
  }
  const value = javascript.value(expression);
  if (value.kind === 'str') return ofName(value.value);
  if (items(value) !== undefined) return MEMORY;
  for (const one of javascript.trace(expression)) {
    if (one.kind !== 'package') continue;
    const inner = one.call === undefined ? undefined : argument(one.call, 0);
    if (NETWORK.test(one.package)) return ofName(one.package);
    if (one.package === 'keyv' && inner !== undefined)
      return byStore(program, { ...one.call, receiver: undefined } as unknown as Use);
    if (/^(?:cache-manager|keyv|cacheable|lru-cache|node-cache)$/.test(one.package)) return MEMORY;
  }
  return notKnown(`the store ${written(expression)} is not one that is known`);
}

function ofName(name: string): Kept {
  const known = NETWORK.exec(name)?.[0].toLowerCase();
  if (known !== undefined) return { store: TITLES.get(known) ?? known, scope: 'cluster', explicit: true };
  if (/sqlite|file|disk|fs/i.test(name)) return { store: 'files on disk', scope: 'host', explicit: true };
  return name === 'memory' || name === '' ? MEMORY : notKnown(`nothing is known of the store "${name}"`);
}

const TITLES = new Map([
  ['redis', 'Redis'],
  ['valkey', 'Valkey'],
  ['memcache', 'Memcached'],
  ['mongo', 'MongoDB'],
  ['postgres', 'PostgreSQL'],
  ['mysql', 'MySQL'],
]);

function notKnown(reason: string): Kept {
  return { store: unknown(reason), scope: unknown(reason), explicit: true };
}
