import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import { lookup, named, type Entry, type Found, type Scope } from './scope.js';
import { mapValuesForAssets, outcomes } from './variables.js';
import { place, type View } from './view.js';

/** How long nginx lets a browser keep what a location answers. */
export interface Lifetime {
  /** Seconds; 0 where nothing allows it. */
  readonly maximumAge: Maybe<number>;
  /** Whether anything is said about it at all. */
  readonly explicit: boolean;
  readonly searches: readonly Found[];
  readonly evidence: readonly Evidence[];
}

/** Seconds, or null where a header says nothing of the time. */
type Age = number | null;

/** `expires max` is ten years (ngx_http_headers_filter_module). */
const TEN_YEARS = 315_360_000;

export function lifetimeOf(scope: Scope, view: View): Lifetime {
  const expires = lookup(scope, named('expires'));
  const headers = addedHeaders(scope);
  const extra = lookup(scope, named('more_set_headers'));
  const searches = [expires, headers, extra];

  const sources: { entry: Entry; ages: Maybe<readonly Age[]> }[] = [];
  const add = (entry: Entry, text: string, read: (value: string) => Age | undefined): void => {
    sources.push({ entry, ages: agesOf(text, scope, view, read) });
  };
  const own = expires.entries.at(-1);
  if (own !== undefined) {
    const words = own.directive.args.map((arg) => arg.text);
    if (words[0] === 'modified')
      sources.push({ entry: own, ages: unknown('counts from the time the file was changed') });
    else add(own, words[0] ?? '', ageOfExpires);
  }
  for (const entry of headers.entries) {
    const [name, value] = entry.directive.args.map((arg) => arg.text);
    if (name?.toLowerCase() === 'cache-control') add(entry, value ?? '', ageOfCacheControl);
    else if (name?.toLowerCase() === 'expires') add(entry, value ?? '', ageOfDate);
  }
  for (const entry of extra.entries) {
    for (const { text } of entry.directive.args) {
      const value = /^cache-control\s*:(.*)$/i.exec(text)?.[1];
      if (value !== undefined) add(entry, value, ageOfCacheControl);
    }
  }

  const condition = conditional(scope);
  if (condition !== undefined) sources.push({ entry: condition, ages: unknown('depends on a condition') });
  const missing = sources.length === 0 ? (expires.missing ?? headers.missing) : undefined;
  return {
    maximumAge:
      missing === undefined
        ? combine(sources.map(({ ages }) => ages))
        : unknown(`included from ${missing}, which is not in the repository`),
    explicit: sources.length > 0,
    searches,
    evidence: [
      ...sources
        .filter(({ entry }) => entry.document !== scope.document || !isWithin(entry, scope))
        .map(({ entry }) => ({ message: 'what surrounds it sets this', location: place(entry) })),
      ...dropped(scope, headers),
    ],
  };
}

/** One `add_header` of its own and a block inherits none (nginx 1.29.3 can be told to merge instead). */
function addedHeaders(scope: Scope): Found {
  const nearest = lookup(scope, named('add_header'));
  const inherit = lookup(scope, named('add_header_inherit'));
  if (inherit.entries.at(-1)?.directive.args[0]?.text !== 'merge') return nearest;
  const entries: Entry[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    entries.push(...at.entries.filter(({ directive }) => directive.name === 'add_header'));
  }
  return { ...nearest, entries, reach: lookup(scope, () => false).reach };
}

/** A Cache-Control header further out that does not reach the location. */
function dropped(scope: Scope, headers: Found): Evidence[] {
  const first = headers.entries[0];
  if (first === undefined || headers.entries.some(isCacheControl)) return [];
  for (let at = scope.parent; at !== undefined; at = at.parent) {
    const outer = at.entries.find(isCacheControl);
    if (outer !== undefined && !headers.entries.includes(outer)) {
      return [
        {
          message: 'this header is not inherited, because an add_header further in replaces all of them',
          location: place(outer),
        },
      ];
    }
  }
  return [];
}

function isCacheControl({ directive }: Entry): boolean {
  return directive.name === 'add_header' && directive.args[0]?.text.toLowerCase() === 'cache-control';
}

function isWithin(entry: Entry, scope: Scope): boolean {
  return scope.entries.includes(entry);
}

/** A header that is set in an `if` applies to some requests only. */
function conditional(scope: Scope): Entry | undefined {
  for (const { scope: inner } of scope.entries) {
    if (inner?.name !== 'if') continue;
    const found = inner.entries.find((entry) => entry.directive.name === 'expires' || isCacheControl(entry));
    if (found !== undefined) return found;
  }
  return undefined;
}

function agesOf(
  text: string,
  scope: Scope,
  view: View,
  read: (value: string) => Age | undefined,
): Maybe<readonly Age[]> {
  const values = outcomes(text, scope, view, mapValuesForAssets);
  if (isUnknown(values)) return unknown(values.unknown);
  const ages = values.map(read);
  return ages.includes(undefined) ? unknown(`"${text}" gives no fixed time`) : ages.map((age) => age ?? null);
}

/** Several headers go out together; a client keeps to the strictest. */
function combine(sources: readonly Maybe<readonly Age[]>[]): Maybe<number> {
  let possible: Age[] = [null];
  let open: string | undefined;
  for (const source of sources) {
    if (isUnknown(source)) open ??= source.unknown;
    else possible = possible.flatMap((before) => source.map((age) => stricter(before, age)));
  }
  const ages = [...new Set(possible.map((age) => age ?? 0))].sort((a, b) => a - b);
  const [only] = ages;
  if (open !== undefined) return only === 0 && possible.every((age) => age === 0) ? 0 : unknown(open);
  return ages.length === 1 && only !== undefined ? only : unknown('depends on a variable', ages);
}

function stricter(a: Age, b: Age): Age {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 },
};

/** The argument of `expires`: `off` sends nothing; `epoch` and negative times send `no-cache`. */
function ageOfExpires(value: string): Age | undefined {
  if (value === 'off' || value === '') return null;
  if (value === 'max') return TEN_YEARS;
  if (value === 'epoch' || value.startsWith('-')) return 0;
  if (value.startsWith('@')) return undefined;
  return ageOfTime(value.replace(/^\+/, ''));
}

function ageOfTime(value: string): Age | undefined {
  if (!/^(?:\d+\s*(?:ms|[smhdwMy])?\s*)+$/.test(value)) return undefined;
  let seconds = 0;
  for (const [, number, unit] of value.matchAll(/(\d+)\s*(ms|[smhdwMy])?/g)) {
    seconds += Number(number) * (UNITS[unit ?? 's'] ?? 1);
  }
  return Math.floor(seconds);
}

function ageOfCacheControl(value: string): Age {
  const words = value.toLowerCase();
  if (/\bno-(?:store|cache)\b(?!=)/.test(words)) return 0;
  const age = /\bmax-age\s*=\s*"?(\d+)/.exec(words)?.[1];
  return age === undefined ? null : Number(age);
}

/** A fixed date is either long past, to forbid caching, or the end of time as 32 bits count it. */
function ageOfDate(value: string): Age | undefined {
  const year = Number(/\b(?:19|20)\d\d\b/.exec(value)?.[0]);
  if (/^-?\d+$/.test(value) || year < 2020) return 0;
  return year >= 2037 ? TEN_YEARS : undefined;
}
