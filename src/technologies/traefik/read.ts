import type { Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { isMap, pairs, string } from '../../parse/yaml/read.js';

export type TraefikDocument = Document<YamlTree | TomlTree>;

/** What a file of either language holds. */
export function rootsOf({ tree }: TraefikDocument): readonly YamlNode[] {
  return 'root' in tree ? [tree.root] : tree.documents;
}

/** Traefik does not tell `loadBalancer` from `loadbalancer`. */
export function pairOf(node: YamlNode | undefined, name: string): YamlPair | undefined {
  return pairs(node).findLast(({ key }) => key.toLowerCase() === name);
}

export function at(node: YamlNode | undefined, ...names: readonly string[]): YamlNode | undefined {
  let current = node;
  for (const name of names) current = pairOf(current, name)?.value;
  return current;
}

/** A switch that is on by being there: `compress: {}` and `sticky: { cookie: {} }`, unless it says false. */
export function isOn(found: YamlPair | undefined): boolean {
  return found !== undefined && (isMap(found.value) || string(found.value) !== 'false');
}
