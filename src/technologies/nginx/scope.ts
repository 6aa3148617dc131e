import type { Document } from '../../parse/document.js';
import type { Configuration, Directive } from '../../parse/nginx/configuration.js';

export type NginxDocument = Document<Configuration>;

/** A directive where it takes effect: what is included stands in the block that includes it. */
export interface Entry {
  readonly directive: Directive;
  readonly document: NginxDocument;
  /** The block of the directive, where it has one. */
  readonly scope?: Scope;
}

export interface Scope {
  /** Name of the directive that opens it; '' for a whole configuration. */
  readonly name: string;
  /** Undefined for a whole configuration. */
  readonly head: Entry | undefined;
  readonly parent: Scope | undefined;
  readonly document: NginxDocument;
  readonly entries: readonly Entry[];
  /** It includes files that can change what is inherited. */
  readonly includes: boolean;
  /** A file that it includes and that cannot be seen. */
  readonly missing: string | undefined;
}

/** The files that an include names, as far as they can be seen. */
export type Resolve = (pattern: string, from: NginxDocument) => readonly NginxDocument[];

/** Included by nearly every configuration; they set types, parameters for back ends or certificates, nothing we judge. */
const HARMLESS =
  /(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy)[_-]?params(?:\.conf)?|fastcgi\.conf|fastcgi-php\.conf|modules-enabled\/[^/]*|modules\/[^/]*|default\.d\/[^/]*|[^/]*(?:ssl|tls|dhparam|letsencrypt|certbot|acme|redirect|real[-_]?ip|cloudflare)[^/]*|letsencrypt\/.*)$/i;

/** Files of a folder can all include each other, and a large one many times. Real configurations stay far below. */
const MAXIMUM_DIRECTIVES = 100_000;

interface Building {
  readonly resolve: Resolve;
  directives: number;
}

/** Puts included files in their places. */
export function scopeOf(document: NginxDocument, resolve: Resolve): Scope {
  return build('', undefined, undefined, [document], document.tree.directives, { resolve, directives: 0 });
}

function build(
  name: string,
  head: Entry | undefined,
  parent: Scope | undefined,
  /** The file that it stands in, behind those that include it. */
  path: readonly [NginxDocument, ...NginxDocument[]],
  directives: readonly Directive[],
  building: Building,
): Scope {
  const [document] = path;
  const entries: Entry[] = [];
  const scope: Scope & { includes: boolean; missing: string | undefined } = {
    ...{ name, head, parent, document, entries },
    includes: false,
    missing: undefined,
  };
  const add = (list: readonly Directive[], inside: typeof path): void => {
    const [from] = inside;
    for (const directive of list) {
      building.directives++;
      const pattern = directive.name === 'include' ? directive.args[0]?.text : undefined;
      if (pattern !== undefined && !HARMLESS.test(pattern)) {
        scope.includes = true;
        const others = building.resolve(pattern, from).filter((other) => !inside.includes(other));
        // A pattern that matches nothing is how distributions leave room; a plain name has to exist.
        const isFound = others.length > 0 || /[*?[]/.test(pattern);
        const isTooMuch = building.directives > MAXIMUM_DIRECTIVES;
        if (!isFound || isTooMuch) scope.missing = pattern;
        if (isTooMuch) continue;
        for (const other of others) add(other.tree.directives, [other, ...inside]);
      } else if (directive.block !== undefined) {
        const entry: Entry = { directive, document: from };
        entries.push({ ...entry, scope: build(directive.name, entry, scope, inside, directive.block, building) });
      } else {
        entries.push({ directive, document: from });
      }
    }
  };
  add(directives, path);
  return scope;
}

/** Whether a file is a whole configuration, and not one that another includes. */
export function isMain(document: NginxDocument): boolean {
  return document.tree.directives.some(({ name }) => name === 'http' || name === 'events');
}

/**
 * How much of the search one file alone answers: `file` all of it; `left` its blocks say nothing and another file
 * includes it; `included` files that it includes could say something else.
 */
export type Reach = 'file' | 'left' | 'included';

export interface Found {
  /** Those of the nearest block that has any. */
  readonly entries: readonly Entry[];
  readonly reach: Reach;
  /** A file that cannot be seen and could say something else. */
  readonly missing?: string | undefined;
}

/** Looks for directives that count in a scope: its own, else those of the nearest block around it that has some. */
export function lookup(scope: Scope, matches: (directive: Directive) => boolean): Found {
  const { document } = scope;
  let reach: Reach = 'file';
  let missing: string | undefined;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.document !== document && reach === 'file') reach = 'left';
    const entries = at.entries.filter((entry) => matches(entry.directive));
    const own = entries.some((entry) => entry.document === document);
    if (at.includes && !own && reach === 'file') reach = 'included';
    if (entries.length > 0) return { entries, reach, missing };
    missing ??= at.missing;
    if (at.parent === undefined && reach === 'file' && !isMain(document)) reach = 'left';
  }
  return { entries: [], reach, missing };
}

export function named(name: string): (directive: Directive) => boolean {
  return (directive) => directive.name === name;
}

/** All scopes of a name, in the order of the files. */
export function* scopesNamed(scope: Scope, name: string): Generator<Scope> {
  for (const entry of scope.entries) {
    if (entry.scope === undefined) continue;
    if (entry.scope.name === name) yield entry.scope;
    yield* scopesNamed(entry.scope, name);
  }
}

/** Virtual servers that speak HTTP; `server` also stands in `stream` and `mail`. */
export function* httpServers(root: Scope): Generator<Scope> {
  for (const server of scopesNamed(root, 'server')) {
    if (server.parent?.name === 'http' || server.parent?.name === '') yield server;
  }
}

/** The locations of a server, nested ones included. */
export function locationsOf(server: Scope): Scope[] {
  return [...scopesNamed(server, 'location')];
}

/** What `location` is for, as it is written: `/static/`, `~* \.css$`. */
export function writtenArguments({ directive, document }: Entry): string {
  const first = directive.args[0];
  return first === undefined
    ? directive.name
    : document.text.slice(first.start, directive.headEnd).replace(/\s+/g, ' ');
}
