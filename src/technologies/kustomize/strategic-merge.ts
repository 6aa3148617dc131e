import type { YamlList, YamlMap, YamlNode } from '../../parse/yaml/node.js';
import { get, isMap, isNull, pairs, string } from '../../parse/yaml/read.js';
import { DEEPEST, without } from './edit.js';

/**
 * Keys by which entries of lists are the same, by the field that holds the list; other lists are replaced as a whole.
 * From `patchMergeKey` in https://github.com/kubernetes/api
 */
const MERGE_KEYS = new Map<string, readonly string[]>([
  ['containers', ['name']],
  ['initContainers', ['name']],
  ['env', ['name']],
  ['volumes', ['name']],
  ['volumeMounts', ['mountPath']],
  ['volumeDevices', ['devicePath']],
  ['ports', ['containerPort', 'port']],
  ['imagePullSecrets', ['name']],
  ['hostAliases', ['ip']],
  ['topologySpreadConstraints', ['topologyKey']],
]);

/** What is there with a patch laid over it; undefined where the patch takes it away. */
export function strategicMerge(base: YamlMap, patch: YamlMap, depth = 0): YamlMap | undefined {
  const directive = string(get(patch, '$patch'));
  if (directive === 'delete') return undefined;
  if (directive === 'replace' || depth > DEEPEST) return without(patch, '$patch');
  const merged = new Map(base.pairs.map((one) => [one.key, one]));
  for (const one of pairs(patch)) {
    const { key, value } = one;
    if (key.startsWith('$')) continue;
    const laid = laidOver(key, merged.get(key)?.value, value, depth + 1);
    if (laid === undefined) merged.delete(key);
    else merged.set(key, { ...one, keyRange: merged.get(key)?.keyRange ?? one.keyRange, value: laid });
  }
  return { ...base, pairs: [...merged.values()] };
}

function laidOver(key: string, before: YamlNode | undefined, value: YamlNode, depth: number): YamlNode | undefined {
  if (isNull(value)) return undefined;
  if (isMap(value) && isMap(before)) return strategicMerge(before, value, depth);
  const keys = MERGE_KEYS.get(key);
  if (value.kind !== 'list' || before?.kind !== 'list' || keys === undefined) return value;
  return mergeLists(before, value, keys, depth);
}

function mergeLists(base: YamlList, patch: YamlList, keys: readonly string[], depth: number): YamlNode {
  const key = keys.find((one) => patch.items.every((item) => string(get(item, one)) !== undefined));
  if (patch.items.some((item) => string(get(item, '$patch')) === 'replace'))
    return { ...patch, items: patch.items.filter((item) => get(item, '$patch') === undefined) };
  if (key === undefined) return patch;
  const result: (YamlNode | undefined)[] = [...base.items];
  const at = new Map(base.items.map((item, i) => [string(get(item, key)), i]));
  for (const item of patch.items) {
    if (!isMap(item)) continue;
    const i = at.get(string(get(item, key)));
    const before = i === undefined ? undefined : result[i];
    if (i === undefined || !isMap(before)) {
      if (string(get(item, '$patch')) !== 'delete') result.push(item);
    } else result[i] = strategicMerge(before, item, depth);
  }
  return { ...base, items: result.filter((item) => item !== undefined) };
}
