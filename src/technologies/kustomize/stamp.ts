import type { Document, Range } from '../../parse/document.js';
import type { YamlMap, YamlNode, YamlPair, YamlScalar } from '../../parse/yaml/node.js';

/**
 * Nodes that know the file they stand in, so that they can be put together with those of other files. What was parsed apart
 * begins `shift` characters into the file.
 */
export function stamped(node: YamlNode, document: Document, shift = 0, done = new Map<YamlNode, YamlNode>()): YamlNode {
  const before = done.get(node);
  if (before !== undefined) return before;
  const result = copied(
    node,
    ({ start, end }) => ({ start: start + shift, end: end + shift, in: document }),
    (inner) => stamped(inner, document, shift, done),
  );
  done.set(node, result);
  return result;
}

/** The same for what was read from a text whose places in the file are not known: all of it stands at one place. */
export function stampedAt(node: YamlNode, place: Range): YamlNode {
  const here = only(place);
  return copied(
    node,
    () => here,
    (inner) => stampedAt(inner, place),
  );
}

function copied(node: YamlNode, placed: (range: Range) => Range, inner: (node: YamlNode) => YamlNode): YamlNode {
  if (node.kind === 'scalar') return { ...node, ...placed(node) };
  if (node.kind === 'list') return { ...node, ...placed(node), items: node.items.map(inner) };
  const pairs = node.pairs.map(({ key, keyRange, value }) => ({
    key,
    keyRange: placed(keyRange),
    value: inner(value),
  }));
  return { ...node, ...placed(node), pairs };
}

/** A text that no file holds like this, at the place of what it comes from. */
export function scalarAt(text: string, place: Range): YamlScalar {
  return { kind: 'scalar', value: text, text, style: 'quoted', ...only(place) };
}

export function mapAt(entries: readonly (readonly [string, YamlNode])[], place: Range): YamlMap {
  const pairs = entries.map(([key, value]): YamlPair => ({ key, keyRange: value, value }));
  return { kind: 'map', pairs, ...only(place) };
}

/** The place of something that may be more than a place. */
function only({ start, end, in: document }: Range): Range {
  return document === undefined ? { start, end } : { start, end, in: document };
}
