import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Directive } from '../../parse/apache/directives.js';
import { deploys } from '../deploys.js';
import { lifetimeIn, type Lifetime } from './lifetime.js';
import { everything, isFilledIn, words, type ApacheDocument, type Placed } from './sections.js';

/** What a client may keep for less is asked for again with nearly every visit. */
const AN_HOUR = 3600;
const STATIC = /(?:^|\/)(?:static|staticfiles|assets?|css|js|build|dist|bundles?|packs)(?:\/|$)/i;
const MEDIA = /(?:^|\/)(?:media|uploads?|files)(?:\/|$)/i;
/** They set certificates, modules or names, nothing we judge. */
const HARMLESS = /ssl|tls|letsencrypt|mods-enabled|modules|conf-enabled|mime/i;

/** Folders that `Alias` hands out, and how long browsers may keep what is in them. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const all = [...everything((document as ApacheDocument).tree.directives)];
  for (const placed of all) {
    const { directive } = placed;
    const [path = '', folder = ''] = words(directive);
    const content =
      directive.name !== 'alias' ? undefined : STATIC.test(path) ? 'static' : MEDIA.test(path) ? 'media' : undefined;
    if (content === undefined) continue;
    const lifetime = lifetimeOf(placed, path, folder, all);
    yield state(
      httpCache,
      locate(document, { start: directive.start, end: directive.headEnd }),
      {
        ...{ content, layer: 'proxy', where: path, maximumAge: lifetime.age },
        cacheable: isUnknown(lifetime.age) ? unknown(lifetime.age.unknown) : lifetime.age >= AN_HOUR,
        remedy: `<Location ${path}> with ExpiresActive On and ExpiresDefault "access plus 30 days"`,
      },
      lifetime.place === undefined ? [] : [because(document, lifetime.place)],
    );
  }
}

function because(document: Document, { start, headEnd }: Directive): Evidence {
  return { message: 'this says how long', location: locate(document, { start, end: headEnd }) };
}

/** The sections of its path and folder, those for files by ending, then what surrounds it; the nearest that says something counts. */
function lifetimeOf(
  alias: Placed,
  path: string,
  folder: string,
  all: readonly Placed[],
): { age: Maybe<number>; place?: Directive } {
  const own = all
    .map(({ directive }) => directive)
    .filter((section) => section.block !== undefined && isAbout(section, path, folder));
  const surrounding = [...alias.within].reverse().map((section) => section.block ?? []);
  const outer = all.filter(({ within }) => within.length === 0).map(({ directive }) => directive);
  for (const directives of [...own.map((section) => section.block ?? []), ...surrounding, outer]) {
    const found: Lifetime | undefined = lifetimeIn(directives, isActive(all));
    if (found !== undefined) return { age: found.age, place: found.place };
  }
  const included = all.find(
    ({ directive }) => /^include(?:optional)?$/.test(directive.name) && !HARMLESS.test(directive.args[0]?.text ?? ''),
  );
  if (included !== undefined)
    return { age: unknown(`${included.directive.args[0]?.text ?? 'another file'} may say how long`) };
  return { age: isFilledIn(path) ? unknown(`filled in before Apache reads it: ${path}`) : 0 };
}

function isActive(all: readonly Placed[]): boolean {
  return all.some(({ directive }) => directive.name === 'expiresactive' && /^on$/i.test(directive.args[0]?.text ?? ''));
}

function isAbout({ name, args }: Directive, path: string, folder: string): boolean {
  const bare = (text: string): string => text.replace(/\/+$/, '');
  const argument = args.at(-1)?.text ?? '';
  if (name === 'location') return bare(argument) === bare(path);
  if (name === 'directory') return bare(argument) === bare(folder);
  if (name === 'locationmatch' || name === 'directorymatch') return argument.includes(path.replaceAll('/', ''));
  return (name === 'filesmatch' || name === 'files') && /css|js|\.\*/.test(argument);
}
