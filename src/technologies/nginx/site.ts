import { contentOf, isSingleFile, patternOf, servingOf } from './asset-location.js';
import { PASSES } from './passes.js';
import { lookup, named, type Scope } from './scope.js';

/**
 * The part of a server that hands out a built site (pages and what they load) from disk: its `location /`, or the
 * server itself. Undefined where an application answers, if only for what is not found on disk, and where there are
 * single pages alone.
 */
export function siteOf(server: Scope, locations: readonly Scope[]): Scope | undefined {
  if (locations.some(runsScripts) || locations.some(answersRoot)) return undefined;
  const slash = locations.find((location) => location.parent === server && patternOf(location)?.pattern === '/');
  const site = slash ?? server;
  if (servingOf(site) !== 'disk' || lookup(site, named('root')).entries.length === 0) return undefined;
  if (lookup(site, named('autoindex')).entries.at(-1)?.directive.args[0]?.text === 'on') return undefined;
  const files = site.entries
    .find(({ directive }) => directive.name === 'try_files')
    ?.directive.args.map(({ text }) => text);
  if (files === undefined) return site === slash || has(server, 'index') ? site : undefined;
  const fallback = files.at(-1) ?? '';
  return /\$(?:uri|document_uri|request_filename)\b/.test(files[0] ?? '') && /^=\d+$|\.html?$|^\$uri/.test(fallback)
    ? site
    : undefined;
}

/**
 * `location / { try_files $uri @application; }` below a `root`: style sheets and scripts come from disk, and what is not
 * found there is asked of the application. Where it hands on all but what is found, the folder is there for such files.
 */
export function filesBefore(server: Scope, locations: readonly Scope[]): Scope | undefined {
  const slash = locations.find((location) => location.parent === server && patternOf(location)?.pattern === '/');
  if (slash === undefined || servingOf(slash) !== 'disk' || lookup(slash, named('root')).entries.length === 0)
    return undefined;
  const tried = slash.entries.find(({ directive }) => directive.name === 'try_files')?.directive.args ?? [];
  const fallback = tried.at(-1)?.text ?? '';
  if (tried[0]?.text !== '$uri' || !fallback.startsWith('@')) return undefined;
  const handing = locations.find((one) => one.head?.directive.args[0]?.text === fallback);
  return handing?.entries.some(({ directive }) => PASSES.has(directive.name)) === true ? slash : undefined;
}

/**
 * Applications for the browser that are built to files, below a path of their own: a folder of their own, and their page
 * for whatever is not found. Where another location answers for what they load, that one is asked.
 */
export function builtParts(server: Scope, locations: readonly Scope[]): readonly Scope[] {
  const others = locations.flatMap((one) => patternOf(one) ?? []);
  return locations.filter((location) => {
    const own = patternOf(location);
    if (own === undefined || own.regex || own.pattern === '/' || isSingleFile(own.pattern)) return false;
    if (location.parent !== server) return false;
    if (contentOf(location) !== undefined || servingOf(location) !== 'disk') return false;
    if (!has(location, 'alias') && !has(location, 'root')) return false;
    const files = location.entries.find(({ directive }) => directive.name === 'try_files')?.directive.args ?? [];
    if (!/^\$uri$/.test(files[0]?.text ?? '') || !/\.html?$/.test(files.at(-1)?.text ?? '')) return false;
    return !others.some(
      ({ pattern, regex }) =>
        (regex && /css|js/.test(pattern)) ||
        (pattern !== own.pattern && pattern.startsWith(own.pattern) && !isSingleFile(pattern)),
    );
  });
}

/** PHP, Python or CGI answers some pages, whatever `root` says. */
function runsScripts(location: Scope): boolean {
  return location.entries.some(
    ({ directive }) =>
      PASSES.has(directive.name) && (directive.name !== 'proxy_pass' || patternOf(location)?.regex === true),
  );
}

/** `location = / { return 302 /status.html; }`: pages for operators, no site. */
function answersRoot(location: Scope): boolean {
  const words = location.head?.directive.args.map(({ text }) => text) ?? [];
  return words[0] === '=' && words[1] === '/' && has(location, 'return');
}

function has(scope: Scope, name: string): boolean {
  return scope.entries.some(({ directive }) => directive.name === name);
}
