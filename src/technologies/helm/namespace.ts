import type { Inventory } from '../../discover/inventory.js';
import type { DocumentStore } from '../../parse/documents.js';
import type { YamlMap, YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, string } from '../../parse/yaml/read.js';

const WORKLOAD = /^kind:[ \t]{0,9}["']?(?:Deployment|StatefulSet|DaemonSet)\b/m;

/**
 * Where a chart is installed is said by nobody; but the same objects may stand in manifests of the repository, which
 * then describe the same system. Undefined where they are not there, or in several namespaces.
 */
export function namespaceElsewhere(
  nodes: readonly YamlNode[],
  inventory: Inventory,
  documents: DocumentStore,
  replaced: ReadonlySet<string>,
): string | undefined {
  const names = new Set(nodes.map(keyOf).filter((key) => key !== undefined));
  if (names.size === 0) return undefined;
  const found = new Set<string>();
  for (const { path } of inventory.files) {
    if (!/\.ya?ml$/.test(path) || replaced.has(path) || !WORKLOAD.test(inventory.read(path) ?? '')) continue;
    for (const node of documents.get<YamlTree>(path, 'yaml')?.tree.documents ?? []) {
      const key = keyOf(node);
      if (key !== undefined && names.has(key)) found.add(string(get(node, 'metadata', 'namespace')) ?? 'default');
    }
  }
  const [one] = found;
  return found.size === 1 ? one : undefined;
}

function keyOf(node: YamlNode): string | undefined {
  const kind = string(get(node, 'kind')) ?? '';
  const name = string(get(node, 'metadata', 'name'));
  return /^(?:Deployment|StatefulSet|DaemonSet)$/.test(kind) && name !== undefined ? `${kind}/${name}` : undefined;
}

/** The same object in a namespace, where it names none. */
export function inNamespace(node: YamlNode, namespace: string): YamlNode {
  const metadata = get(node, 'metadata');
  if (!isMap(node) || !isMap(metadata) || get(metadata, 'namespace') !== undefined) return node;
  const { start, end, in: document } = metadata;
  const at = document === undefined ? { start, end } : { start, end, in: document };
  const value = { kind: 'scalar', value: namespace, text: namespace, style: 'plain', ...at } as const;
  const named: YamlMap = { ...metadata, pairs: [...metadata.pairs, { key: 'namespace', keyRange: at, value }] };
  return { ...node, pairs: node.pairs.map((pair) => (pair.key === 'metadata' ? { ...pair, value: named } : pair)) };
}
