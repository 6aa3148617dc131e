import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Line } from '../../parse/caddyfile/lines.js';
import { deploys } from '../deploys.js';
import { everything, isFilledIn, sitesOf, words, type CaddyDocument } from './sites.js';

/** What a client may keep for less is asked for again with nearly every visit. */
const AN_HOUR = 3600;
const STATIC =
  /^\/(?:[\w-]+\/)?(?:static|staticfiles|assets?|css|js|build|dist|bundles?|packs|_next|_astro)(?:[/*]|$)/i;
const MEDIA = /^\/(?:media|uploads?|files)(?:[/*]|$)/i;

/** Folders that `file_server` hands out below a path of files, and how long browsers may keep what is in them. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const seen = new Set<number>();
  for (const { lines, imports } of sitesOf(document as CaddyDocument)) {
    const all = [...everything(lines)];
    for (const { line, within } of all) {
      if (words(line)[0] !== 'file_server' || seen.has(line.start)) continue;
      const path = pathOf(line, within);
      const content =
        path === undefined ? undefined : STATIC.test(path) ? 'static' : MEDIA.test(path) ? 'media' : undefined;
      if (path === undefined || content === undefined) continue;
      seen.add(line.start);
      const age = imports === undefined ? ageOf(path, within, all) : unknown<number>(`${imports} may say how long`);
      yield state(httpCache, locate(document, { start: line.start, end: line.headEnd }), {
        ...{ content, layer: 'proxy', where: path.replace(/\*$/, ''), maximumAge: age },
        cacheable: isUnknown(age) ? unknown(age.unknown) : age >= AN_HOUR,
        remedy: `header ${path} Cache-Control "max-age=2592000"`,
      });
    }
  }
}

/** `file_server /static/*`, or the path of the block that it stands in. */
function pathOf(line: Line, within: readonly Line[]): string | undefined {
  const own = words(line)[1];
  if (own?.startsWith('/') === true) return own;
  return within.flatMap((block) => words(block).slice(1)).findLast((word) => word.startsWith('/'));
}

type Placed = ReturnType<typeof everything> extends Generator<infer P> ? P : never;

/** A header in the same block, or one for the same path; whom a matcher by another name means is not known. */
function ageOf(path: string, within: readonly Line[], all: readonly Placed[]): Maybe<number> {
  const block = within.at(-1)?.block ?? [];
  const headers = all.filter(
    ({ line }) => words(line)[0] === 'header' && words(line).some((word) => /^[+?]?Cache-Control$/i.test(word)),
  );
  const inside = headers.find(({ line }) => block.includes(line));
  const alike = headers.find(({ line }) => words(line)[1] === path);
  const chosen = (inside ?? alike)?.line;
  if (chosen === undefined) {
    // Those in blocks for other paths say nothing here.
    const other = headers.find(
      (one) =>
        one.within.every((outer) => within.includes(outer)) &&
        /^[@*]|^[+?]?Cache-Control$/i.test(words(one.line)[1] ?? ''),
    )?.line;
    return other === undefined ? 0 : unknown(`a header for ${words(other)[1] ?? 'something else'} may say how long`);
  }
  const value = words(chosen).at(-1) ?? '';
  if (isFilledIn(value)) return unknown(`the environment or a template fills in ${value}`);
  if (/\bno-(?:store|cache)\b/i.test(value)) return 0;
  const age = /\bmax-age\s*=\s*(\d{1,12})/i.exec(value)?.[1];
  return age === undefined ? unknown('the header names no time') : Number(age);
}
