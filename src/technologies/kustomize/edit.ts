import type { YamlMap, YamlNode, YamlPair } from '../../parse/yaml/node.js';
import { get, isMap, pair } from '../../parse/yaml/read.js';
import { mapAt } from './stamp.js';

/** Deeper than anything that is applied to a cluster. */
export const DEEPEST = 60;

/** A copy in which one key has another value. */
export function withValue(map: YamlMap, key: string, value: YamlNode): YamlMap {
  const before = pair(map, key);
  const entry: YamlPair = { key, keyRange: before === undefined ? value : before.keyRange, value };
  return { ...map, pairs: [...map.pairs.filter((one) => one.key !== key), entry] };
}

export function without(map: YamlMap, key: string): YamlMap {
  return { ...map, pairs: map.pairs.filter((one) => one.key !== key) };
}

/** A copy in which a path leads to another value; maps that are missing on the way are made. */
export function withPath(map: YamlMap, path: readonly string[], value: YamlNode): YamlMap {
  const [first, ...rest] = path;
  if (first === undefined) return map;
  if (rest.length === 0) return withValue(map, first, value);
  const inner = get(map, first);
  return withValue(map, first, withPath(isMap(inner) ? inner : mapAt([], value), rest, value));
}

/** A copy of a tree whose maps were each looked at; `change` gets a map whose inner maps were changed already. */
export function everyMap(
  node: YamlNode,
  change: (map: YamlMap, key: string) => YamlMap,
  key = '',
  depth = 0,
): YamlNode {
  if (depth > DEEPEST || node.kind === 'scalar') return node;
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => everyMap(item, change, key, depth + 1)) };
  const pairs = node.pairs.map((one) => ({ ...one, value: everyMap(one.value, change, one.key, depth + 1) }));
  return change({ ...node, pairs }, key);
}
