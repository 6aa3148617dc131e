import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { Section } from '../../parse/haproxy/sections.js';
import { deploys } from '../deploys.js';
import type { HaproxyDocument } from './proxies.js';

/**
 * `compression algo` turns it on; without `compression type` every type is compressed. Off is the default, and mostly
 * right: what stands before or behind compresses as well, so only what is turned on is stated.
 */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  for (const section of (document as HaproxyDocument).tree.sections) {
    const line = section.lines.find(
      ({ keyword, args }) => keyword === 'compression' && (args[0]?.text ?? '').startsWith('algo'),
    );
    if (line === undefined || line.args[1]?.text === 'identity') continue;
    const types = typesOf(section);
    yield state(compression, locate(document, line), {
      ...{
        layer: 'proxy',
        enabled: true,
        types,
        where: [section.keyword, section.args[0]?.text ?? ''].join(' ').trim(),
      },
      remedy:
        types === 'text'
          ? ''
          : 'compression type text/html text/css application/javascript application/json image/svg+xml',
    });
  }
}

function typesOf({ lines }: Section): 'text' | 'html-only' {
  const types = lines
    .filter(({ keyword, args }) => keyword === 'compression' && (args[0]?.text ?? '').startsWith('type'))
    .flatMap(({ args }) => args.slice(1).map(({ text }) => text));
  return types.length === 0 || types.some((type) => /css|javascript|json|text\/plain|text\/$|svg|xml/.test(type))
    ? 'text'
    : 'html-only';
}
