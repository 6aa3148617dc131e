import type { YamlMap } from '../../parse/yaml/node.js';
import { get, string } from '../../parse/yaml/read.js';

/** An object that is being put together, with every name it had on the way: patches may use any of them. */
export interface Built {
  readonly node: YamlMap;
  readonly names: readonly string[];
}

export function kindOf({ node }: Built): string {
  return string(get(node, 'kind')) ?? '';
}

export function nameOf({ node }: Built): string {
  return string(get(node, 'metadata', 'name')) ?? '';
}
