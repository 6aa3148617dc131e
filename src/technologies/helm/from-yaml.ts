import type { Document, Range } from '../../parse/document.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { isNull } from '../../parse/yaml/read.js';
import { dict, list, NIL, text, withoutMarks, type Value } from './value.js';

/** Deeper than any values that people write. */
const DEEPEST = 100;

/** Values that know where they are written. Of what a template made the marks of what is not known stay: they are ours. */
export function fromYaml(node: YamlNode, document?: Document, depth = 0, made = false): Value {
  const place = (range: Range): Range | undefined =>
    document === undefined ? undefined : { start: range.start, end: range.end, in: range.in ?? document };
  const clean = (written: string): string => (made ? written : withoutMarks(written));
  if (depth > DEEPEST || isNull(node)) return NIL;
  if (node.kind === 'list') return list(node.items.map((item) => fromYaml(item, document, depth + 1, made)));
  if (node.kind === 'map') {
    const result = dict();
    for (const { key, keyRange, value } of node.pairs) {
      const name = clean(key);
      result.entries.set(name, fromYaml(value, document, depth + 1, made));
      const at = place(keyRange);
      if (at !== undefined) result.places.set(name, at);
    }
    return result;
  }
  const { value } = node;
  if (typeof value === 'boolean') return { kind: 'flag', value, from: place(node) };
  if (typeof value === 'number') return { kind: 'number', value, from: place(node) };
  const written = clean(value ?? '');
  const isExact = node.style === 'plain' && node.text === written && node.end - node.start === written.length;
  return written === '' ? text('') : { kind: 'text', pieces: [{ text: written, from: place(node), exact: isExact }] };
}
