import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { lineageOf } from './lineage.js';

/** Parts of the chain whose places matter to each other. */
const KNOWN: Readonly<Record<string, string>> = {
  'django.contrib.sessions.middleware.SessionMiddleware': 'session',
  'django.contrib.auth.middleware.AuthenticationMiddleware': 'user',
  'django.middleware.locale.LocaleMiddleware': 'locale',
  'django.middleware.gzip.GZipMiddleware': 'gzip',
  'django.middleware.http.ConditionalGetMiddleware': 'etag',
  'django.middleware.cache.UpdateCacheMiddleware': 'store',
  'django.middleware.cache.FetchFromCacheMiddleware': 'fetch',
  'whitenoise.middleware.WhiteNoiseMiddleware': 'files',
  'htmlmin.middleware.HtmlMinifyMiddleware': 'minify',
};

interface Order {
  /** Which of them must not stand on that side. */
  readonly others: readonly string[];
  readonly side: 'before' | 'behind';
  readonly harm: 'slightly' | 'badly';
  readonly cost: string;
  /** Where it belongs. */
  readonly place: string;
}

/**
 * https://docs.djangoproject.com/en/5.2/ref/middleware/#middleware-ordering,
 * https://whitenoise.readthedocs.io/en/stable/django.html#enable-whitenoise
 */
const ORDER: Readonly<Record<string, Order>> = {
  // On the way out the chain runs backwards: what stands before it changes the response after it was stored.
  store: {
    others: ['session', 'locale', 'gzip'],
    side: 'before',
    harm: 'badly',
    cost: 'so pages are stored before that one has said in Vary for whom they are',
    place: 'as the first of MIDDLEWARE',
  },
  fetch: {
    others: ['session', 'locale', 'gzip'],
    side: 'behind',
    harm: 'badly',
    cost: 'so pages are looked up before that one has told for whom they are',
    place: 'as the last of MIDDLEWARE',
  },
  gzip: {
    others: ['etag', 'minify'],
    side: 'before',
    harm: 'badly',
    cost: 'which sees compressed text only: of that, no two responses are the same',
    place: 'before it',
  },
  files: {
    others: ['session', 'user', 'store'],
    side: 'before',
    // Sessions and users are looked up when somebody asks for them, so what a file pays is small.
    harm: 'slightly',
    cost: 'which each static file passes first',
    place: 'right behind "django.middleware.security.SecurityMiddleware", or first where that is not there',
  },
};

interface Misplacement {
  readonly misplaced: Maybe<'no' | 'slightly' | 'badly'>;
  readonly misplacement: string;
  readonly move?: string;
}

/** Of names that are not known nobody can say that they stand rightly. */
export function misplacementOf(program: Program, names: readonly (string | undefined)[], index: number): Misplacement {
  const order = ORDER[kindOf(program, names[index]) ?? ''];
  if (order === undefined) return { misplaced: 'no', misplacement: '' };
  const others = order.side === 'before' ? names.slice(0, index) : names.slice(index + 1);
  const other = others.find((name) => order.others.includes(kindOf(program, name) ?? ''));
  if (other !== undefined) {
    const where = order.side === 'before' ? 'it stands behind' : 'it stands before';
    return {
      misplaced: order.harm,
      misplacement: `${where} ${other.slice(other.lastIndexOf('.') + 1)}, ${order.cost}`,
      move: `"${names[index] ?? ''}" ${order.place}`,
    };
  }
  const open = others.includes(undefined);
  return {
    misplaced: open
      ? unknown<'no' | 'slightly' | 'badly'>('which middleware stands beside it is not known', ['no', order.harm])
      : 'no',
    misplacement: '',
  };
}

function kindOf(program: Program, name: string | undefined): string | undefined {
  return name === undefined ? undefined : lineageOf(program, name, (one) => KNOWN[one])?.known;
}
