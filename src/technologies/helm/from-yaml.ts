import type { Document, Range } from '../../parse/document.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { isNull } from '../../parse/yaml/read.js';
import { dict, list, NIL, text, withoutMarks, type Value } from './value.js';

/** Deeper than any values that people write. */
const DEEPEST = 100;

/** Values that know where they are written. */
export function fromYaml(node: YamlNode, document?: Document, depth = 0): Value {
  const place = (range: Range): Range | undefined =>
    document === undefined ? undefined : { start: range.start, end: range.end, in: document };
  if (depth > DEEPEST || isNull(node)) return NIL;
  if (node.kind === 'list') return list(node.items.map((item) => fromYaml(item, document, depth + 1)));
  if (node.kind === 'map') {
    const result = dict();
    for (const { key, keyRange, value } of node.pairs) {
      const name = withoutMarks(key);
      result.entries.set(name, fromYaml(value, document, depth + 1));
      const at = place(keyRange);
      if (at !== undefined) result.places.set(name, at);
    }
    return result;
  }
  const { value } = node;
  if (typeof value === 'boolean') return { kind: 'flag', value, from: place(node) };
  if (typeof value === 'number') return { kind: 'number', value, from: place(node) };
  const written = withoutMarks(value ?? '');
  const isExact = node.style === 'plain' && node.text === written && node.end - node.start === written.length;
  return written === '' ? text('') : { kind: 'text', pieces: [{ text: written, from: place(node), exact: isExact }] };
}
