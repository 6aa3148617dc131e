import type { Scope } from '../../../facts/fact.js';
import type { Program } from '../../../link/program.js';
import { text } from '../../../link/value.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../../location.js';
import type { Expression } from '../../../parse/python/ast.js';
import { reasonFor } from '../../alternatives.js';
import { cachesOf } from '../caches.js';
import { dottedName, type Imports } from '../imports.js';
import { cacheRemedy } from '../remedies.js';
import type { DjangoSettings } from '../settings.js';

/** What counts the requests of a limit, in the properties of its fact. */
export interface Counted {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly explicit: boolean;
  readonly setting: string;
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}

/** A limit that counts in a cache; undefined where that cache keeps nothing, and the limit bounds nothing. */
export function countedInCache(program: Program, settings: DjangoSettings, alias: Maybe<string>): Counted | undefined {
  if (isUnknown(alias)) return notKnown(alias.unknown);
  const caches = cachesOf(program);
  if (caches === undefined) return notKnown(reasonFor(settings.get('CACHES'), 'CACHES'));
  const cache = caches.find(({ name }) => name === alias);
  if (cache === undefined) return notKnown(`CACHES has no "${alias}"`);
  if (cache.empty) return undefined;
  return {
    store: isUnknown(cache.store) ? cache.store : `the cache "${alias}" (${cache.store})`,
    scope: cache.scope,
    explicit: cache.explicit,
    setting: cache.explicit ? `CACHES["${alias}"]["BACKEND"]` : 'CACHES',
    remedy: cache.scope === 'cluster' ? '' : cacheRemedy(program, settings, cache),
    evidence: cache.explicit ? [{ message: 'the cache that counts', location: cache.location }] : [],
  };
}

export function notKnown(reason: string): Counted {
  return {
    store: unknown(reason),
    scope: unknown(reason),
    explicit: true,
    setting: 'CACHES',
    remedy: '',
    evidence: [],
  };
}

/** The alias of the cache that an expression of the code stands for: `cache`, `caches["throttle"]`, `caches[settings.X]`. */
export function aliasOf(expression: Expression, imports: Imports, settings: DjangoSettings): Maybe<string> {
  if (dottedName(expression, imports) === 'django.core.cache.cache') return 'default';
  const [container, key] =
    expression.type === 'Subscript'
      ? [expression.value, expression.slice]
      : expression.type === 'Call'
        ? [expression.func, expression.args[0]]
        : [];
  const from = container === undefined ? undefined : dottedName(container, imports);
  if (key !== undefined && (from === 'django.core.cache.caches' || from === 'django.core.cache.get_cache')) {
    if (key.type === 'Constant' && key.kind === 'str') return key.value;
    const named = key.type === 'Attribute' ? text(settings.get(key.attr)) : undefined;
    if (named !== undefined) return named;
  }
  return unknown('which cache the limit counts in is computed');
}
