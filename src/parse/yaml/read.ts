import type { Range } from '../document.js';
import type { YamlMap, YamlNode, YamlPair, YamlScalar } from './node.js';

/** The node that a path of keys leads to. An explicit null is a node; where a key repeats, the last one counts. */
export function get(node: YamlNode | undefined, ...path: readonly string[]): YamlNode | undefined {
  let current = node;
  for (const key of path) current = pair(current, key)?.value;
  return current;
}

/** The last pair of that key. */
export function pair(node: YamlNode | undefined, key: string): YamlPair | undefined {
  return node?.kind === 'map' ? node.pairs.findLast((candidate) => candidate.key === key) : undefined;
}

/** The pairs of a map, a repeated key once; empty for anything else. */
export function pairs(node: YamlNode | undefined): readonly YamlPair[] {
  if (node?.kind !== 'map') return [];
  const last = new Map(node.pairs.map((candidate) => [candidate.key, candidate]));
  return last.size === node.pairs.length ? node.pairs : [...last.values()];
}

/** The items of a list; empty for anything else. */
export function items(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

export function isMap(node: YamlNode | undefined): node is YamlMap {
  return node?.kind === 'map';
}

/** A scalar other than null. */
export function isScalar(node: YamlNode | undefined): node is YamlScalar {
  return node?.kind === 'scalar' && !isNull(node);
}

export function isNull(node: YamlNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null;
}

/** The text of a scalar as it is written, without quotes; undefined for null and for collections. */
export function string(node: YamlNode | undefined): string | undefined {
  return isScalar(node) ? node.text : undefined;
}

/** A number, also one in quotes. */
export function number(node: YamlNode | undefined): number | undefined {
  if (!isScalar(node)) return undefined;
  if (typeof node.value === 'number') return node.value;
  return /^[-+]?\d+(?:\.\d+)?$/.test(node.text) ? Number(node.text) : undefined;
}

/** A boolean, also in the words of YAML 1.1 and in quotes. */
export function boolean(node: YamlNode | undefined): boolean | undefined {
  if (!isScalar(node)) return undefined;
  if (/^(?:true|yes|on)$/i.test(node.text)) return true;
  return /^(?:false|no|off)$/i.test(node.text) ? false : undefined;
}

/** Where a pair stands: its value, or its key where the value is absent or a collection. */
export function place(found: YamlPair): Range {
  return isScalar(found.value) && found.value.end > found.value.start ? found.value : found.keyRange;
}
