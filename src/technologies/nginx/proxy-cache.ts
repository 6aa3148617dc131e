import { state, type Stated } from '../../facts/fact.js';
import { proxyCache } from '../../facts/proxy-cache.js';
import type { Program } from '../../link/program.js';
import { unknown, type Evidence, type Maybe } from '../../location.js';
import type { Document } from '../../parse/document.js';
import { targetsOf } from './passing.js';
import { httpServers, lookup, named, scopesNamed, writtenArguments } from './scope.js';
import type { Entry, Found, NginxDocument, Scope } from './scope.js';
import { place, states, viewOf, viewsOf, type View } from './view.js';

type Hits = 'possible' | 'without-cookies' | 'per-client' | 'never';

export function* fromDocument(document: Document): Generator<Stated> {
  for (const view of viewOf(document as NginxDocument)) yield* caches(view);
}

export function* fromProgram(program: Program): Generator<Stated> {
  for (const view of viewsOf(program)) yield* caches(view);
}

const PASS = /^(proxy|fastcgi|uwsgi|scgi)_pass$/;

function* caches(view: View): Generator<Stated> {
  for (const server of httpServers(view.root)) {
    for (const scope of [server, ...scopesNamed(server, 'location')]) {
      const { head } = scope;
      const pass = scope.entries.find(({ directive }) => PASS.test(directive.name));
      const module = PASS.exec(pass?.directive.name ?? '')?.[1];
      if (head === undefined || pass === undefined || module === undefined) continue;
      const cache = settings(scope, module);
      const zone = cache.one('cache').entries.at(-1);
      if (zone === undefined || zone.directive.args[0]?.text === 'off') continue;
      const found = judge(scope, cache, view);
      if (!states(view, head.document, cache.searches, true)) continue;
      yield state(
        proxyCache,
        place(head),
        {
          where: writtenArguments(head),
          targets: targetsOf([pass.directive.args[0]?.text ?? ''], scope, view),
          ...{ hits: found.hits, reason: found.reason, remedy: found.remedy },
        },
        found.because === undefined ? [] : [evidence(found.because)],
      );
    }
  }
}

function evidence(entry: Entry): Evidence {
  return { message: 'this decides it', location: place(entry) };
}

/** The directives of one module (`proxy_cache_key`, `uwsgi_cache_key`), with every search that was made. */
function settings(scope: Scope, module: string) {
  const searches: Found[] = [];
  return {
    module,
    searches,
    one(name: string): Found {
      const found = lookup(scope, named(`${module}_${name}`));
      searches.push(found);
      return found;
    },
  };
}

interface Judgement {
  readonly hits: Maybe<Hits>;
  readonly reason: string;
  readonly remedy: string;
  readonly because?: Entry;
}

/** Something new in each request. */
const UNIQUE = /\$\{?(?:request_id|msec|connection|connection_requests|time_local|time_iso8601|remote_port)\b/;
/** Something of one client, or nearly so. */
const PERSONAL = /\$\{?(?:http_cookie|http_user_agent|(?:binary_)?remote_addr|cookie_\w{0,40}(?:sess|sid)\w{0,40})\b/i;

function judge(scope: Scope, cache: ReturnType<typeof settings>, view: View): Judgement {
  const { module } = cache;
  const buffering = cache.one('buffering').entries.at(-1);
  if (buffering?.directive.args[0]?.text === 'off')
    return {
      ...{ hits: 'never', reason: 'what is not buffered is not stored', because: buffering },
      remedy: `${module}_buffering on;`,
    };
  const key = cache.one('cache_key').entries.at(-1);
  const words = key?.directive.args[0]?.text ?? '';
  const own = {
    remedy: `${module}_cache_key $scheme$host$request_uri;`,
    ...(key === undefined ? {} : { because: key }),
  };
  if (UNIQUE.test(words)) return { hits: 'never', reason: 'its key is another one for each request', ...own };
  if (PERSONAL.test(words))
    return { hits: 'per-client', reason: 'its key holds what is different for each client', ...own };

  for (const name of ['cache_bypass', 'no_cache']) {
    for (const entry of cache.one(name).entries) {
      const values = entry.directive.args.map(({ text }) => text);
      if (values.some((value) => value !== '' && value !== '0' && !value.includes('$')))
        return {
          ...{ hits: 'never', reason: `${entry.directive.name} holds for every request`, because: entry },
          remedy: `without ${entry.directive.name}`,
        };
      if (name === 'cache_bypass' && values.some((value) => isAnyCookie(value, view)))
        return {
          ...{ hits: 'without-cookies', because: entry },
          reason: 'whoever sends any cookie, be it one of statistics, is not answered from it',
          remedy: `${module}_cache_bypass $cookie_sessionid; with the name of the cookie that says who is signed in`,
        };
    }
  }
  const valid = cache.one('cache_valid').entries;
  if (valid.length > 0) return { hits: 'possible', reason: 'it says how long answers are kept', remedy: '' };
  const ignored = cache.one('ignore_headers').entries.at(-1);
  const headers = ignored?.directive.args.map(({ text }) => text.toLowerCase()) ?? [];
  const remedy = `${module}_cache_valid 200 1m;`;
  if (ignored !== undefined && headers.includes('cache-control') && headers.includes('expires'))
    return {
      ...{ hits: 'never', because: ignored, remedy },
      reason: `nothing says how long an answer is kept: there is no ${module}_cache_valid, and the headers are ignored`,
    };
  return {
    hits: unknown<Hits>(`without ${module}_cache_valid it keeps only what the application says may be kept`, [
      'possible',
      'never',
    ]),
    ...{ reason: `nothing here says how long an answer is kept`, remedy },
  };
}

/** `$http_cookie`, or a map of it that leaves out nothing but the request without any. */
function isAnyCookie(value: string, view: View): boolean {
  if (/^\$\{?http_cookie\}?$/.test(value)) return true;
  const name = /^\$\{?(\w+)\}?$/.exec(value)?.[1];
  if (name === undefined) return false;
  return [...scopesNamed(view.root, 'map')].some((map) => {
    const [source, target] = map.head?.directive.args.map(({ text }) => text) ?? [];
    if (source !== '$http_cookie' || target !== `$${name}`) return false;
    const fallback = map.entries.find(({ directive }) => directive.name === 'default')?.directive.args[0]?.text ?? '';
    const others = map.entries.filter(({ directive }) => directive.name !== 'default' && directive.name !== '');
    return fallback !== '' && fallback !== '0' && others.length === 0;
  });
}
