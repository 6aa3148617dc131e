import type { DocumentStore } from '../../parse/documents.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { fromYaml } from './from-yaml.js';
import { dict, type Dict, type Value } from './value.js';

/** Deeper than values that people write. */
const DEEPEST = 100;

/** What a file of values says; nothing where it is not there. */
export function valuesIn(path: string, documents: DocumentStore): Dict {
  const document = documents.get<YamlTree>(path, 'yaml');
  const [node] = document?.tree.documents ?? [];
  const value = document === undefined || node === undefined ? undefined : fromYaml(node, document);
  return value?.kind === 'dict' ? value : dict();
}

/** Values laid over others, https://helm.sh/docs/chart_template_guide/values_files/: maps become one, null takes a key away. */
export function layered(over: Dict, under: Dict, depth = 0): Dict {
  const result: Dict = { kind: 'dict', entries: new Map(under.entries), places: new Map(under.places) };
  if (depth > DEEPEST) return result;
  for (const [key, value] of over.entries) {
    const below = under.entries.get(key);
    if (value.kind === 'nil' && below !== undefined) result.entries.delete(key);
    else
      result.entries.set(
        key,
        value.kind === 'dict' && below?.kind === 'dict' ? layered(value, below, depth + 1) : value,
      );
    const place = over.places.get(key);
    if (place !== undefined && !(value.kind === 'dict' && below?.kind === 'dict')) result.places.set(key, place);
  }
  return result;
}

/** The value on a path written with dots. */
export function valueAt(values: Dict, path: string): Value | undefined {
  let current: Value | undefined = values;
  for (const key of path.trim().split('.').slice(0, 50))
    current = current?.kind === 'dict' ? current.entries.get(key) : undefined;
  return current;
}

export function dictAt(values: Dict, key: string): Dict {
  const found = values.entries.get(key);
  return found?.kind === 'dict' ? found : dict();
}
