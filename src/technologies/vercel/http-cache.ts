import type { Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { edgeHeader } from '../edge-headers.js';

const REMEDY = '{ "key": "Cache-Control", "value": "public, max-age=31536000, immutable" }';

/** `headers`, and those of the older `routes`. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const [root] = document.tree.documents;
  for (const entry of items(get(root, 'headers'))) {
    const source = string(get(entry, 'source')) ?? '';
    for (const header of items(get(entry, 'headers'))) {
      const value = pair(header, 'value');
      const text = string(value?.value);
      if (string(get(header, 'key'))?.toLowerCase() !== 'cache-control' || value === undefined) continue;
      if (text === undefined) continue;
      const stated = edgeHeader(locate(document, place(value)), source, text, REMEDY);
      if (stated !== undefined) yield stated;
    }
  }
  for (const route of items(get(root, 'routes'))) {
    const found = pairs(get(route, 'headers')).find(({ key }) => key.toLowerCase() === 'cache-control');
    const text = string(found?.value);
    if (found === undefined || text === undefined) continue;
    const stated = edgeHeader(locate(document, place(found)), string(get(route, 'src')) ?? '', text, REMEDY);
    if (stated !== undefined) yield stated;
  }
}
