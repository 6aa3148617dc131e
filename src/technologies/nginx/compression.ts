import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Evidence, type Location } from '../../location.js';
import type { Inventory } from '../../discover/inventory.js';
import { locate, type Document } from '../../parse/document.js';
import type { Directive } from '../../parse/nginx/configuration.js';
import { besideStock } from './beside-stock.js';
import { contentOf, patternOf } from './asset-location.js';
import { PASSES } from './passes.js';
import {
  httpServers,
  isMain,
  locationsOf,
  lookup,
  named,
  scopeOf,
  type Entry,
  type Found,
  type NginxDocument,
  type Scope,
} from './scope.js';
import { stockSite } from './stock-site.js';
import { place, states, viewOf, viewsOf, type View } from './view.js';

/** Each sends html alone unless its types are told; all are off by default. */
const ENCODINGS = ['gzip', 'brotli', 'zstd'];
/** Files compressed beforehand go out whatever their type. */
const STATIC = /^(?:gzip|brotli|zstd)_static$/;

/** Networks that compress for visitors whatever comes to them, where a configuration is written for what stands behind one. */
const BEHIND_NETWORK =
  /\bcloudflare\b|\bCF[-_](?:Connecting|Ray|IPCountry)|\bfastly\b|\bSurrogate-(?:Control|Key)\b|\bcloudfront\b|\bakamai\b/i;

const JSON_TYPE = 'gzip_types with application/json besides those that are there';
const TYPES = 'gzip_types text/css application/javascript application/json image/svg+xml;';

export function* fromDocument(document: Document): Generator<Stated> {
  for (const view of viewOf(document as NginxDocument)) yield* compressions(view);
}

/** What stands beside a configuration that is not in the repository: that of nginx compresses nothing, that of distributions HTML alone. */
export function* fromDocuments(documents: readonly Document[], inventory: Inventory): Generator<Stated> {
  for (const { document, types } of besideStock(documents as readonly NginxDocument[], inventory)) {
    const root = scopeOf(document, () => []);
    for (const server of httpServers(root)) {
      if (!answers(server) || findingsOf(server).some((one) => one.types !== 'none')) continue;
      const [finding] = findingsOf(server);
      // A file alone says all that stands in itself.
      if (finding === undefined || finding.searches.every(({ reach }) => reach === 'file')) continue;
      if (BEHIND_NETWORK.test(document.text)) continue;
      const { where } = finding;
      yield state(compression, finding.place, {
        ...{ layer: 'proxy', enabled: isUnknown(types) ? unknown(types.unknown) : false, types, where },
        remedy: `gzip on; ${TYPES}`,
      });
      break;
    }
  }
}

export function* fromProgram(program: Program): Generator<Stated> {
  for (const view of viewsOf(program)) yield* compressions(view);
  const site = stockSite(program);
  if (site === undefined) return;
  yield state(compression, site, {
    ...{ layer: 'proxy', enabled: false, types: 'none', where: 'http', remedy: `gzip on; ${TYPES}` },
  });
}

interface Finding {
  readonly place: Location;
  readonly subject: NginxDocument;
  readonly searches: readonly Found[];
  readonly leaving: boolean;
  readonly types: 'html-only' | 'pages' | 'text' | 'none';
  readonly where: string;
  readonly evidence: readonly Evidence[];
}

function* compressions(view: View): Generator<Stated> {
  const seen = new Set<string>();
  for (const server of httpServers(view.root)) {
    if (!answers(server)) continue;
    for (const finding of findingsOf(server)) {
      const key = JSON.stringify(finding.place);
      if (finding.types !== 'text' && BEHIND_NETWORK.test(finding.subject.text)) continue;
      if (seen.has(key) || !states(view, finding.subject, finding.searches, finding.leaving)) continue;
      seen.add(key);
      const { types, where, evidence } = finding;
      const remedy = { text: '', pages: JSON_TYPE, 'html-only': TYPES, none: `gzip on; ${TYPES}` }[types];
      yield state(
        compression,
        finding.place,
        { layer: 'proxy', enabled: types !== 'none', types, where, remedy },
        evidence,
      );
    }
  }
}

/** Servers that only redirect or refuse have nothing to compress, and media are compressed already. */
function answers(server: Scope): boolean {
  if (server.entries.some(({ directive }) => directive.name === 'return')) return false;
  const scopes = [
    server,
    // A certificate authority asks for files of a few bytes.
    ...locationsOf(server).filter(
      (location) => contentOf(location) !== 'media' && !(patternOf(location)?.pattern ?? '').includes('.well-known'),
    ),
  ];
  return scopes.some((scope) =>
    scope.entries.some(
      ({ directive }) => PASSES.has(directive.name) || /^(?:root|alias|try_files)$/.test(directive.name),
    ),
  );
}

/** What holds for the whole server; else what single locations turn on; else the absence. */
function findingsOf(server: Scope): Finding[] {
  const whole = findingOf(whereSwitched(server));
  if (whole.types !== 'none') return [whole];
  const parts = locationsOf(server)
    .filter((location) => location.entries.some(({ directive }) => turnsOn(directive)))
    .map(findingOf);
  return parts.length > 0 ? parts : [whole];
}

/** What `http` of the same file turns on is said there: a server that includes others seldom says anything else. */
function whereSwitched(server: Scope): Scope {
  const { parent } = server;
  const says = (scope: Scope): boolean =>
    scope.entries.some(({ directive, document }) => turnsOn(directive) && document === server.document);
  const inServer = server.entries.some(({ directive }) => /^(?:gzip|brotli|zstd)/.test(directive.name));
  return parent?.name === 'http' && !inServer && says(parent) ? parent : server;
}

function findingOf(scope: Scope): Finding {
  const switches = ENCODINGS.map((encoding) => lookup(scope, named(encoding)));
  const ready = lookup(scope, (directive) => STATIC.test(directive.name));
  const on = switches.findIndex(({ entries }) => entries.some(({ directive }) => turnsOn(directive)));
  const prepared = ready.entries.find(({ directive }) => turnsOn(directive));
  const encoding = ENCODINGS[on];
  const search = switches[on];
  if (encoding !== undefined && search?.entries[0] !== undefined) {
    const types = lookup(scope, named(`${encoding}_types`));
    const [entry] = search.entries;
    if (entry.document.path === '') {
      return { ...absence(scope), searches: [search], leaving: false, types: 'html-only', evidence: [] };
    }
    const kind =
      prepared !== undefined || types.entries.some(({ directive }) => coversJson(directive))
        ? 'text'
        : types.entries.some(({ directive }) => coversText(directive))
          ? 'pages'
          : 'html-only';
    return found(
      entry,
      scope,
      [search, ...(kind !== 'html-only' && types.reach === 'file' ? [] : [types])],
      true,
      kind,
      types.entries,
    );
  }
  if (prepared !== undefined) return found(prepared, scope, [ready], true, 'text', []);
  const off = switches[0]?.entries[0];
  if (off !== undefined && switches[0] !== undefined) return found(off, scope, switches, true, 'none', []);
  return { ...absence(scope), searches: [...switches, ready], leaving: false, types: 'none', evidence: [] };
}

function found(
  entry: Entry,
  scope: Scope,
  searches: readonly Found[],
  leaving: boolean,
  types: Finding['types'],
  evidence: readonly Entry[],
): Finding {
  return {
    place: place(entry),
    subject: scope.document,
    searches,
    leaving,
    types,
    where: whereOf(entry, scope),
    evidence: evidence
      .filter((one) => one.document !== entry.document)
      .map((one) => ({ message: 'the types are set here', location: place(one) })),
  };
}

/** The block in which the directive stands, as people name it. */
function whereOf(entry: Entry, scope: Scope): string {
  let at: Scope | undefined = scope;
  while (at !== undefined && !at.entries.includes(entry)) at = at.parent;
  return nameOf(at ?? scope);
}

function nameOf(scope: Scope): string {
  if (scope.name === 'server') {
    const name = scope.entries.find(({ directive }) => directive.name === 'server_name')?.directive.args[0]?.text;
    return name === undefined || name === '_' || name === '' ? 'server' : `server ${name}`;
  }
  if (scope.name === 'location')
    return `location ${(scope.head?.directive.args ?? []).map((arg) => arg.text).join(' ')}`;
  return 'http';
}

/** `gzip on` belongs into `http`, once for all; where that block is in no file of ours, into the server. */
function absence(server: Scope): Pick<Finding, 'place' | 'subject' | 'where'> {
  for (let at: Scope | undefined = server; at !== undefined; at = at.parent) {
    if (at.name === 'http' && at.head !== undefined && isMain(at.document) && at.document.path !== '') {
      return { place: commentedOut(at.head) ?? place(at.head), subject: server.document, where: 'http' };
    }
  }
  const head = server.head;
  if (head === undefined) throw new Error('a server is a block');
  return { place: place(head), subject: server.document, where: nameOf(server) };
}

/** `#gzip  on;`, as the packages' own nginx.conf has it: the line that is waiting to be written. */
function commentedOut({ directive, document }: Entry): Location | undefined {
  const comment = document.comments.find(
    ({ start, end }) =>
      start > directive.start && end < directive.end && /^#\s*gzip\s+on\b/.test(document.text.slice(start, end)),
  );
  return comment === undefined ? undefined : locate(document, comment);
}

function turnsOn({ name, args }: Directive): boolean {
  return (ENCODINGS.includes(name) || STATIC.test(name)) && /^(?:on|always)$/.test(args[0]?.text ?? '');
}

/** `application/json`, `application/vnd.api+json` */
function coversJson({ args }: Directive): boolean {
  return args.some(({ text }) => text === '*' || text.includes('json'));
}

/** text/html is compressed anyway; one more type of text shows that somebody thought of it. */
function coversText({ args }: Directive): boolean {
  return args.some(({ text }) => text === '*' || /css|javascript|json|text\/plain|svg|xml/.test(text));
}
