import type { DocumentStore } from '../../parse/documents.js';
import type { Document } from '../../parse/document.js';
import type { GoTemplateTree } from '../../parse/go-template/node.js';
import { language } from '../../parse/yaml/index.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { isNull } from '../../parse/yaml/read.js';
import { fromYaml } from './from-yaml.js';
import { placed, placesOf } from './placed.js';
import { createRenderer, type Holes, type OfUndecided } from './render.js';
import { sourcesOf } from './source.js';
import { dict, plain, unread, type Dict, type Value } from './value.js';
import { valuesIn } from './values.js';

/** Deeper than values that people write. */
const DEEPEST = 100;

/** A file of values, which may be a template itself; undefined where it cannot be read. */
export function valuesOf(path: string, dot: Dict, holes: Holes, documents: DocumentStore): Dict | undefined {
  if (!path.endsWith('.gotmpl')) return valuesIn(path, documents);
  const document = documents.get<GoTemplateTree>(path, 'go-template');
  if (document === undefined || document.tree.fault !== undefined) return undefined;
  const value = renderedValue(document, dot, holes);
  return value?.kind === 'dict' ? value : undefined;
}

/** What a template makes as a value; what depends on something that nobody knows is not known in it. */
export function renderedValue(document: Document<GoTemplateTree>, dot: Dict, holes: Holes): Value | undefined {
  const made = (of: OfUndecided): { value: Value | undefined; undecided: boolean } => {
    const { node, undecided } = renderedNode(document, dot, holes, of);
    return { value: node === undefined ? undefined : fromRendered(node, document, holes), undecided };
  };
  const { value, undecided } = made('otherwise');
  if (!undecided) return value;
  const other = made('body').value;
  return value === undefined || other === undefined ? undefined : agreed(value, other);
}

const EMPTY: YamlNode = { kind: 'map', pairs: [], start: 0, end: 0 } as const;

/** The first YAML document that a template makes, its nodes at the places that wrote them or set their values. */
export function renderedNode(
  document: Document<GoTemplateTree>,
  dot: Dict,
  holes: Holes,
  of: OfUndecided,
): { node: YamlNode | undefined; undecided: boolean } {
  // Whoever reads the values takes a place in them for the place that counts, as in any file of values.
  const sources = new Map(sourcesOf({ ...document, language: 'yaml' }));
  const source = sources.get(document.path);
  if (source === undefined) return { node: undefined, undecided: false };
  const renderer = createRenderer(sources, holes, of);
  const pieces = renderer.render(source, dot);
  const { tree, trouble } = language.parse(plain(pieces), 'values.yaml');
  const [node] = tree.documents;
  const places = placesOf(pieces);
  const isEmpty = node === undefined || isNull(node);
  return {
    node: isEmpty
      ? EMPTY
      : trouble.length > 0
        ? undefined
        : placed(node, ({ start, end }) => places(start, end), undefined),
    undecided: renderer.metUndecided(),
  };
}

export function fromRendered(node: YamlNode, document: Document, { reasons }: Holes): Value {
  return withReasons(fromYaml(node, { ...document, language: 'yaml' }, 0, true), reasons, 0);
}

/** A scalar that is nothing but a hole is not known, whatever type it has. */
function withReasons(value: Value, reasons: readonly string[], depth: number): Value {
  if (depth > DEEPEST) return value;
  if (value.kind === 'list') return { ...value, items: value.items.map((one) => withReasons(one, reasons, depth + 1)) };
  if (value.kind === 'dict') {
    for (const [key, one] of value.entries) value.entries.set(key, withReasons(one, reasons, depth + 1));
    return value;
  }
  if (value.kind !== 'text') return value;
  const [, number] = /^\uE000(\d{1,9})\uE001$/.exec(plain(value.pieces)) ?? [];
  return number === undefined ? value : unread(reasons[Number(number)] ?? 'not known');
}

/** What holds with a block and without it. */
function agreed(one: Value, other: Value, depth = 0): Value {
  if (depth > DEEPEST) return one;
  if (one.kind === 'dict' && other.kind === 'dict') {
    const result: Dict = { ...dict(), places: new Map([...other.places, ...one.places]) };
    for (const key of new Set([...one.entries.keys(), ...other.entries.keys()])) {
      const [a, b] = [one.entries.get(key), other.entries.get(key)];
      result.entries.set(key, a === undefined || b === undefined ? OPEN : agreed(a, b, depth + 1));
    }
    return result;
  }
  return JSON.stringify(shown(one)) === JSON.stringify(shown(other)) ? one : OPEN;
}

const OPEN = unread('it depends on something that is not known');

/** A value without its places. */
function shown(value: Value, depth = 0): unknown {
  if (depth > DEEPEST) return null;
  if (value.kind === 'text') return plain(value.pieces);
  if (value.kind === 'list') return value.items.map((one) => shown(one, depth + 1));
  if (value.kind === 'dict') return [...value.entries].map(([key, one]) => [key, shown(one, depth + 1)]);
  if (value.kind === 'flag' || value.kind === 'number') return value.value;
  return value.kind === 'unread' ? { unread: value.reason } : value.kind;
}
