import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import { deploys } from '../deploys.js';
import { everything, sitesOf, words, type CaddyDocument } from './sites.js';

/** `encode`; without it answers leave as they are. By itself it compresses all kinds of text. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const seen = new Set<number>();
  for (const { head, lines, imports } of sitesOf(document as CaddyDocument)) {
    const all = [...everything(lines)].map(({ line }) => line);
    if (!all.some((line) => /^(?:reverse_proxy|file_server|php_fastcgi)$/.test(words(line)[0] ?? ''))) continue;
    const encode = all.find((line) => words(line)[0] === 'encode');
    // What a file that it imports says is not to be seen here.
    if (encode === undefined && imports !== undefined) continue;
    const { start, headEnd } = encode ?? head;
    if (seen.has(start)) continue;
    seen.add(start);
    const [site = 'the site'] = words(head);
    yield state(compression, locate(document, { start, end: headEnd }), {
      ...{ layer: 'proxy', enabled: encode !== undefined, types: encode === undefined ? 'none' : 'text' },
      ...{ where: site.replace(/,$/, ''), remedy: encode === undefined ? 'encode' : '' },
    });
  }
}
