import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type Scalar } from 'yaml';
import type { SyntaxTrouble } from '../document.js';
import type { YamlList, YamlMap, YamlNode, YamlPair, YamlScalar } from './node.js';

/** Nodes that one file may have once its aliases are written out; more is an attack or an accident. */
const MOST_NODES = 500_000;

interface Conversion {
  readonly text: string;
  readonly trouble: SyntaxTrouble[];
  /** Nodes so far, those behind aliases counted each time. */
  size: number;
}

/** Turns composed documents into plain data with aliases and `<<` resolved; what they expand to is bounded. */
export function convert(documents: Iterable<Document.Parsed>, text: string, trouble: SyntaxTrouble[]): YamlNode[] {
  const conversion: Conversion = { text, trouble, size: 0 };
  const nodes: YamlNode[] = [];
  for (const document of documents) {
    const root = document.contents;
    if (root === null) continue;
    const node = convertNode(conversion, new Anchors(), root);
    if (node.kind !== 'scalar' || node.value !== null) nodes.push(node);
  }
  return nodes;
}

/** The anchors of one document; a node is known once it is complete, so no circle can arise. */
class Anchors {
  readonly byName = new Map<string, YamlNode>();
  readonly sizes = new Map<YamlNode, number>();
}

function convertNode(conversion: Conversion, anchors: Anchors, node: Node): YamlNode {
  const before = conversion.size++;
  if (isAlias(node)) return resolve(conversion, anchors, node.source, node.range?.[0] ?? 0);
  const result = isMap(node)
    ? convertMap(conversion, anchors, node)
    : isSeq(node)
      ? convertList(conversion, anchors, node)
      : isScalar(node)
        ? convertScalar(conversion, node)
        : absent(0);
  if (node.anchor !== undefined) {
    anchors.byName.set(node.anchor, result);
    anchors.sizes.set(result, conversion.size - before);
  }
  return result;
}

function resolve(conversion: Conversion, anchors: Anchors, name: string, offset: number): YamlNode {
  const target = anchors.byName.get(name);
  if (target === undefined) {
    conversion.trouble.push({ message: `the alias *${name} has no anchor before it`, offset });
    return absent(offset);
  }
  return take(conversion, anchors.sizes.get(target) ?? 1, offset) ? target : absent(offset);
}

/** Whether so many more nodes may be added. */
function take(conversion: Conversion, nodes: number, offset: number): boolean {
  if (conversion.size + nodes <= MOST_NODES) {
    conversion.size += nodes;
    return true;
  }
  const message = `aliases expand to more than ${MOST_NODES} nodes; the rest is left out`;
  if (conversion.trouble.at(-1)?.message !== message) conversion.trouble.push({ message, offset });
  return false;
}

function convertMap(
  conversion: Conversion,
  anchors: Anchors,
  node: { items: Pair[]; range?: Node['range']; tag?: string },
): YamlMap {
  const pairs: YamlPair[] = [];
  const merged: { node: YamlNode; offset: number }[] = [];
  for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
    if (!isScalar(key)) {
      // A key that is itself a collection says nothing to any technology; its value may still hold anchors.
      if (value !== null) convertNode(conversion, anchors, value);
      continue;
    }
    const [start, end] = key.range ?? [0, 0];
    const converted = value === null ? absent(end) : convertNode(conversion, anchors, value);
    const name = convertScalar(conversion, key).text;
    if (name === '<<' && key.type === 'PLAIN') merged.push({ node: converted, offset: start });
    else pairs.push({ key: name, keyRange: { start, end }, value: converted });
  }
  if (merged.length > 0) merge(conversion, anchors, pairs, merged);
  return { kind: 'map', pairs, ...place(node) };
}

/** Adds the pairs of `<<` whose keys the map lacks; of several sources the first wins. */
function merge(
  conversion: Conversion,
  anchors: Anchors,
  pairs: YamlPair[],
  merged: readonly { node: YamlNode; offset: number }[],
): void {
  const own = new Set(pairs.map((pair) => pair.key));
  for (const { node, offset } of merged) {
    for (const source of node.kind === 'list' ? node.items : [node]) {
      if (source.kind !== 'map') continue;
      // What a map holds was counted where it is written; here its pairs count once more each.
      if (!take(conversion, anchors.sizes.get(source) ?? source.pairs.length, offset)) return;
      for (const pair of source.pairs) if (!own.has(pair.key)) pairs.push(pair);
      for (const pair of source.pairs) own.add(pair.key);
    }
  }
}

function convertList(
  conversion: Conversion,
  anchors: Anchors,
  node: { items: unknown[]; range?: Node['range']; tag?: string },
): YamlList {
  const items = (node.items as (Node | Pair)[]).map((item) =>
    // `[a: 1]` holds a pair without a map around it.
    'key' in item ? convertMap(conversion, anchors, { items: [item] }) : convertNode(conversion, anchors, item),
  );
  return { kind: 'list', items, ...place(node) };
}

const STYLES: Partial<Record<string, YamlScalar['style']>> = {
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
  QUOTE_DOUBLE: 'quoted',
  QUOTE_SINGLE: 'quoted',
};

function convertScalar(conversion: Conversion, node: Scalar): YamlScalar {
  const style = STYLES[node.type ?? 'PLAIN'] ?? 'plain';
  const { value } = node;
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const text = style === 'plain' ? (node.source ?? '') : typeof value === 'string' ? value : '';
  const scalar: YamlScalar = { kind: 'scalar', value: known, text, style, ...place(node) };
  if (style !== 'literal' && style !== 'folded') return scalar;
  const newline = conversion.text.indexOf('\n', scalar.start);
  return { ...scalar, bodyStart: newline < 0 || newline >= scalar.end ? scalar.end : newline + 1 };
}

function place(node: { range?: Node['range']; tag?: string }): { start: number; end: number; tag?: string } {
  const [start, end] = node.range ?? [0, 0];
  return node.tag?.startsWith('!') === true ? { start, end, tag: node.tag } : { start, end };
}

function absent(offset: number): YamlScalar {
  return { kind: 'scalar', value: null, text: '', style: 'plain', start: offset, end: offset };
}
