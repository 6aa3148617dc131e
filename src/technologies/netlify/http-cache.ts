import type { Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { Settings } from '../../parse/ini/settings.js';
import type { TomlTree } from '../../parse/toml/index.js';
import { get, items, pairs, place, string } from '../../parse/yaml/read.js';
import { edgeHeader } from '../edge-headers.js';

const REMEDY = 'Cache-Control: public, max-age=31536000, immutable';

/** https://docs.netlify.com/routing/headers/ */
export function* fromDocument(document: Document): Generator<Stated> {
  // The language decides the shape of the tree.
  if (document.language === 'toml') yield* fromToml(document as Document<TomlTree>);
  else yield* fromLines(document as Document<Settings>);
}

function* fromToml(document: Document<TomlTree>): Generator<Stated> {
  for (const entry of items(get(document.tree.root, 'headers'))) {
    const path = string(get(entry, 'for')) ?? '';
    const found = pairs(get(entry, 'values')).find(({ key }) => key.toLowerCase() === 'cache-control');
    const text = string(found?.value);
    if (found === undefined || text === undefined) continue;
    const stated = edgeHeader(locate(document, place(found)), path, text, REMEDY);
    if (stated !== undefined) yield stated;
  }
}

/** A path, and below it, indented, its headers: as settings these are words before the first blank, and the rest. */
function* fromLines(document: Document<Settings>): Generator<Stated> {
  let path = '';
  for (const { key, value, keyRange, valueRange } of document.tree.sections.flatMap(({ settings }) => settings)) {
    const isPath = /^(?:\/|https?:)/.test(key);
    if (isPath) path = key;
    if (isPath || key.toLowerCase() !== 'cache-control:') continue;
    const at = { start: keyRange.start, end: valueRange.end };
    const stated = edgeHeader(locate(document, at), path, value, REMEDY);
    if (stated !== undefined) yield stated;
  }
}
