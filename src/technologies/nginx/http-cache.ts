import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Document } from '../../parse/document.js';
import { contentOf, coversEndings, patternOf, servingOf } from './asset-location.js';
import { lifetimeOf, type Lifetime } from './lifetime.js';
import { httpServers, locationsOf, lookup, writtenArguments, type NginxDocument, type Scope } from './scope.js';
import { builtParts, filesBefore, siteOf } from './site.js';
import { stockSite } from './stock-site.js';
import { place, states, viewOf, viewsBeside, viewsOf, type View } from './view.js';

/** What a client may keep for less is asked for again with nearly every visit. */
const AN_HOUR = 3600;

/** The page itself must be asked for anew, so the time belongs on the files it loads. */
const PAGE_REMEDY = 'location /assets/ { expires 1y; }';

/** Pages of the application must not get it, so the files get a location of their own. */
const FILES_REMEDY = 'location /static/ { expires 30d; }';

/** The same of one built application beside others. */
const PART_REMEDY = 'expires 1y; in a location of their own for those of its files whose names hold a hash';

export function* fromDocument(document: Document): Generator<Stated> {
  for (const view of viewOf(document as NginxDocument)) yield* caching(view);
}

export function* fromDocuments(documents: readonly Document[]): Generator<Stated> {
  for (const view of viewsBeside(documents as readonly NginxDocument[])) yield* caching(view);
}

export function* fromProgram(program: Program): Generator<Stated> {
  for (const view of viewsOf(program)) yield* caching(view);
  const site = stockSite(program);
  if (site === undefined) return;
  yield state(httpCache, site, {
    ...{ content: 'static', layer: 'proxy', where: '/', cacheable: false, maximumAge: 0, remedy: PAGE_REMEDY },
  });
}

function* caching(view: View): Generator<Stated> {
  const seen = new Set<unknown>();
  for (const server of [...httpServers(view.root), ...snippet(view.root)]) {
    const locations = locationsOf(server);
    const assets = locations.flatMap((location) => assetOf(location, view) ?? []);
    for (const asset of assets) {
      if (isOverruled(asset, assets) || seen.has(asset.scope.head?.directive)) continue;
      seen.add(asset.scope.head?.directive);
      yield* fact(asset, view, asset.content === 'media' ? 'expires 7d;' : 'expires 30d;');
    }
    for (const location of locations) yield* pages(location, view);
    const site = assets.length > 0 || server.name !== 'server' ? undefined : siteOf(server, locations);
    if (site !== undefined) {
      yield* fact({ scope: site, content: 'static', lifetime: lifetimeOf(site, view) }, view, PAGE_REMEDY);
    }
    const files = assets.length > 0 || server.name !== 'server' ? undefined : filesBefore(server, locations);
    if (files !== undefined) {
      const lifetime = lifetimeOf(files, view);
      if (!lifetime.explicit) yield* fact({ scope: files, content: 'static', lifetime }, view, FILES_REMEDY);
    }
    for (const part of builtParts(server, locations)) {
      const lifetime = lifetimeOf(part, view);
      if (!lifetime.explicit) yield* fact({ scope: part, content: 'static', lifetime }, view, PART_REMEDY);
    }
  }
}

/** A file of locations alone, which somebody includes into a server: https://github.com/nginx-proxy/nginx-proxy/tree/main/docs#per-virtual_host-location-configuration */
function* snippet(root: Scope): Generator<Scope> {
  const has = (name: string): boolean => root.entries.some(({ directive }) => directive.name === name);
  if (root.name === '' && has('location') && !has('http') && !has('server')) yield root;
}

/** Answers of an application that nginx keeps, or says itself how long they may be kept. */
function* pages(scope: Scope, view: View): Generator<Stated> {
  const { head } = scope;
  if (head === undefined || contentOf(scope) !== undefined || servingOf(scope) !== 'proxied') return;
  const kept = lookup(scope, ({ name }) => /^(?:proxy|uwsgi|fastcgi|scgi)_cache$/.test(name)).entries.at(-1);
  const keeps = kept !== undefined && kept.directive.args[0]?.text !== 'off';
  const { maximumAge, explicit, searches } = lifetimeOf(scope, view);
  if (!keeps && (!explicit || maximumAge === 0)) return;
  if (!states(view, head.document, searches, true)) return;
  const said = explicit ? maximumAge : unknown<number>('the application behind it says how long');
  yield state(httpCache, place(head), {
    ...{ content: 'page', layer: 'proxy', where: writtenArguments(head) },
    cacheable: isUnknown(said) ? undecided(said.unknown, said.candidates) : said >= AN_HOUR,
    maximumAge: said,
    policy: 'said',
    remedy: '',
  });
}

interface Asset {
  readonly scope: Scope;
  readonly content: 'static' | 'media';
  readonly lifetime: Lifetime;
}

/** A location that answers with files, or sets how long those of the application behind it may be kept. */
function assetOf(scope: Scope, view: View): Asset | undefined {
  const content = contentOf(scope);
  const serving = servingOf(scope);
  if (content === undefined || serving === 'other') return undefined;
  const lifetime = lifetimeOf(scope, view);
  return serving === 'disk' || lifetime.explicit ? { scope, content, lifetime } : undefined;
}

/** A path without a word on caching, whose style sheets and scripts a more specific location answers that has one. */
function isOverruled(asset: Asset, assets: readonly Asset[]): boolean {
  if (asset.lifetime.explicit) return false;
  const pattern = patternOf(asset.scope);
  return assets.some(
    (other) =>
      other !== asset &&
      other.lifetime.explicit &&
      (isInside(other.scope, asset.scope) ||
        (pattern?.final === false &&
          coversEndings(other.scope) &&
          /css|js/.test(patternOf(other.scope)?.pattern ?? ''))),
  );
}

function isInside(inner: Scope, outer: Scope): boolean {
  for (let at = inner.parent; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

function* fact({ scope, content, lifetime }: Asset, view: View, remedy: string): Generator<Stated> {
  const { head } = scope;
  if (head === undefined || !states(view, head.document, lifetime.searches, true)) return;
  const { maximumAge, evidence } = lifetime;
  yield state(
    httpCache,
    place(head),
    {
      content,
      layer: 'proxy',
      where: scope.name === 'server' ? '/' : writtenArguments(head),
      cacheable: isUnknown(maximumAge) ? undecided(maximumAge.unknown, maximumAge.candidates) : maximumAge >= AN_HOUR,
      maximumAge,
      remedy,
    },
    evidence,
  );
}

function undecided(reason: string, ages: readonly unknown[] | undefined): Maybe<boolean> {
  const verdicts = new Set((ages ?? []).map((age) => Number(age) >= AN_HOUR));
  const [only] = verdicts;
  return verdicts.size === 1 && only !== undefined ? only : unknown(reason);
}
