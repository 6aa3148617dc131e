import type { Directive } from '../../parse/nginx/configuration.js';
import { PASSES } from './passes.js';
import { lookup, type Entry, type Scope } from './scope.js';

/** What a location hands out and how. */
export type Serving = 'disk' | 'proxied' | 'other';

const HANDLERS =
  /^(?:return|internal|deny|stub_status|empty_gif|perl|js_content|content_by_lua\w*|echo|mp4|flv|dav_methods|api|status|memcached_pass|redis_pass)$/;

/** The pattern of a location; exact and named ones hand out single files or nothing of their own. */
export function patternOf(location: Scope): { pattern: string; regex: boolean; final: boolean } | undefined {
  const [first, second] = location.head?.directive.args.map((arg) => arg.text) ?? [];
  if (first === undefined || first.startsWith('@') || first.startsWith('=')) return undefined;
  if (first === '~' || first === '~*') return { pattern: second ?? '', regex: true, final: true };
  if (first.startsWith('~')) return { pattern: first.replace(/^~\*?/, ''), regex: true, final: true };
  // Behind `^~` no regular expression is tried any more.
  return first === '^~'
    ? { pattern: second ?? '', regex: false, final: true }
    : { pattern: first, regex: false, final: false };
}

const MEDIA = new Set('media upload uploads userfiles attachments avatars thumbnails photos'.split(' '));
const STATIC = new Set(
  (
    'static assets asset css js javascript javascripts stylesheets styles scripts img imgs image images icons fonts font ' +
    'dist build bundle bundles packs webpack chunks next nuxt public staticfiles sitestatic'
  ).split(' '),
);
const EXTENSIONS = /(?:^|[^a-z0-9])(?:css|js|mjs|png|jpe\??g|gif|svg|ico|webp|woff2?)(?![a-z0-9])/gi;

/** Whether a location is for files that a page loads, by its path or by the endings it matches. */
export function contentOf(location: Scope): 'static' | 'media' | undefined {
  const found = patternOf(location);
  if (found === undefined) return undefined;
  if (found.regex && coversEndings(location)) return 'static';
  // A worker or a configuration that pages ask for is to be asked for anew: `/sw.js`.
  if (!found.regex && isSingleFile(found.pattern)) return undefined;
  const words = found.pattern.toLowerCase().split(/[^a-z0-9]+/);
  if (words.some((word) => MEDIA.has(word))) return 'media';
  return words.some((word) => STATIC.has(word)) ? 'static' : undefined;
}

/** `/m/sw.js` */
export function isSingleFile(pattern: string): boolean {
  return /\/[^/]*\.[A-Za-z]\w{0,11}$/.test(pattern);
}

/** Whether it is a regular expression over several endings of assets, as in `~* \.(css|js|png)$`. */
export function coversEndings(location: Scope): boolean {
  const found = patternOf(location);
  return found?.regex === true && found.pattern.includes('\\.') && (found.pattern.match(EXTENSIONS) ?? []).length > 0;
}

/** How a location answers. What `if` blocks inside do belongs to it. */
export function servingOf(location: Scope): Serving {
  const own = [...ownEntries(location)];
  const names = new Set(own.map(({ directive }) => directive.name));
  if ([...names].some((name) => PASSES.has(name))) return 'proxied';
  if (
    location.entries.some(
      ({ directive }) => isHandler(directive.name, directive.args[0]?.text) || isDownload(directive),
    )
  ) {
    return 'other';
  }
  const leaves = location.entries.some(
    ({ directive }) =>
      directive.name === 'rewrite' && /^(?:last|redirect|permanent)$/.test(directive.args[2]?.text ?? ''),
  );
  if (asksOthers(location)) return 'proxied';
  return leaves && !names.has('root') && !names.has('alias') && !names.has('try_files') ? 'other' : 'disk';
}

/** `try_files $uri @application;` where nobody says which folder is tried: nothing of it is on this disk. */
function asksOthers(location: Scope): boolean {
  const tried = location.entries.find(({ directive }) => directive.name === 'try_files')?.directive.args;
  if (tried?.at(-1)?.text.startsWith('@') !== true) return false;
  return lookup(location, ({ name }) => name === 'root' || name === 'alias').entries.length === 0;
}

function isHandler(name: string, argument: string | undefined): boolean {
  return HANDLERS.test(name) && (name !== 'deny' || argument === 'all');
}

/** A file to be saved is no part of a page. */
function isDownload({ name, args }: Directive): boolean {
  return (
    name === 'add_header' &&
    args[0]?.text.toLowerCase() === 'content-disposition' &&
    /attachment/i.test(args[1]?.text ?? '')
  );
}

function* ownEntries(location: Scope): Generator<Entry> {
  for (const entry of location.entries) {
    yield entry;
    if (entry.scope !== undefined && entry.scope.name !== 'location') yield* ownEntries(entry.scope);
  }
}
