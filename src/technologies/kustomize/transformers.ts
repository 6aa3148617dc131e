import type { YamlMap, YamlNode } from '../../parse/yaml/node.js';
import { get, isMap, isScalar, items, pairs, string } from '../../parse/yaml/read.js';
import { everyMap, withPath, withValue } from './edit.js';
import { kindOf, nameOf, type Built } from './kubernetes-object.js';
import { scalarAt } from './stamp.js';

/** Kinds that stand in no namespace. */
const OF_THE_CLUSTER =
  /^(?:Namespace|Node|PersistentVolume|StorageClass|CustomResourceDefinition|ClusterRole|ClusterRoleBinding|PriorityClass|IngressClass|GatewayClass|(?:Mutating|Validating)WebhookConfiguration|APIService|ClusterIssuer)$/;

export function inNamespace(object: Built, namespace: YamlNode): Built {
  if (OF_THE_CLUSTER.test(kindOf(object))) return object;
  return { ...object, node: withPath(object.node, ['metadata', 'namespace'], namespace) };
}

/** Names with what is put before and after, everywhere that one object names another. */
export function renamed(objects: readonly Built[], prefix: string, suffix: string): Built[] {
  if (prefix === '' && suffix === '') return [...objects];
  const known = new Set(objects.map((object) => `${kindOf(object)}/${nameOf(object)}`));
  const rename = (kind: string, node: YamlNode | undefined): YamlNode | undefined => {
    const name = string(node);
    return node === undefined || name === undefined || !known.has(`${kind}/${name}`)
      ? undefined
      : scalarAt(`${prefix}${name}${suffix}`, node);
  };
  return objects.map((object) => {
    const referring = everyMap(object.node, (map, key) => withReferences(map, key, rename)) as YamlMap;
    const name = get(referring, 'metadata', 'name');
    if (!isScalar(name) || /^(?:Namespace|CustomResourceDefinition|APIService)$/.test(kindOf(object))) return object;
    const full = `${prefix}${name.text}${suffix}`;
    return {
      node: withPath(referring, ['metadata', 'name'], scalarAt(full, name)),
      names: [...object.names, full],
    };
  });
}

/** Fields that name objects, by the key of the map that holds them: https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/namereference.go */
const REFERENCES = new Map<string, readonly (readonly [field: string, kind: string])[]>([
  ['configMapRef', [['name', 'ConfigMap']]],
  ['configMapKeyRef', [['name', 'ConfigMap']]],
  ['configMap', [['name', 'ConfigMap']]],
  ['secretRef', [['name', 'Secret']]],
  ['secretKeyRef', [['name', 'Secret']]],
  [
    'secret',
    [
      ['secretName', 'Secret'],
      ['name', 'Secret'],
    ],
  ],
  ['tls', [['secretName', 'Secret']]],
  ['persistentVolumeClaim', [['claimName', 'PersistentVolumeClaim']]],
  ['service', [['name', 'Service']]],
  ['backend', [['serviceName', 'Service']]],
  ['spec', [['serviceName', 'Service']]],
  ['backendRefs', [['name', 'Service']]],
]);

function withReferences(
  map: YamlMap,
  key: string,
  rename: (kind: string, node: YamlNode | undefined) => YamlNode | undefined,
): YamlMap {
  let result = map;
  const fields =
    key === 'scaleTargetRef' ? ([['name', string(get(map, 'kind')) ?? 'Deployment']] as const) : REFERENCES.get(key);
  for (const [field, kind] of fields ?? []) {
    const name = rename(kind, get(map, field));
    if (name !== undefined) result = withValue(result, field, name);
  }
  return result;
}

/** More are no labels that people wrote. */
const MOST_LABELS = 100;

/** Labels on objects and, where wanted, on what selects and on what is selected. */
export function labelled(object: Built, labels: YamlNode, where: 'objects' | 'templates' | 'selectors'): Built {
  let { node } = object;
  const add = (...path: readonly string[]): void => {
    for (const { key, value } of pairs(labels).slice(0, MOST_LABELS)) node = withPath(node, [...path, key], value);
  };
  add('metadata', 'labels');
  if (where === 'objects') return { ...object, node };
  if (isMap(get(node, 'spec', 'template', 'spec'))) add('spec', 'template', 'metadata', 'labels');
  if (isMap(get(node, 'spec', 'jobTemplate', 'spec', 'template')))
    add('spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels');
  if (where === 'templates') return { ...object, node };
  const kind = kindOf(object);
  if (kind === 'Service' && isMap(get(node, 'spec', 'selector'))) add('spec', 'selector');
  else if (isMap(get(node, 'spec', 'selector', 'matchLabels')) && kind !== 'PersistentVolumeClaim')
    add('spec', 'selector', 'matchLabels');
  return { ...object, node };
}

const COUNTED = /^(?:Deployment|ReplicationController|ReplicaSet|StatefulSet)$/;

export function counted(object: Built, entry: YamlNode): Built {
  const [name, count] = [string(get(entry, 'name')), get(entry, 'count')];
  const fits = name !== undefined && COUNTED.test(kindOf(object)) && object.names.includes(name);
  return fits && count !== undefined ? { ...object, node: withPath(object.node, ['spec', 'replicas'], count) } : object;
}

/** Images of containers, wherever these stand. */
export function withImages(object: Built, images: YamlNode | undefined): Built {
  if (items(images).length === 0) return object;
  const node = everyMap(object.node, (map, key) => {
    const image = get(map, 'image');
    if ((key !== 'containers' && key !== 'initContainers') || !isScalar(image)) return map;
    const [, own = '', tag = ''] = /^([^@]*?)((?::[^:/@]+)?(?:@.+)?)$/.exec(image.text.slice(0, 500)) ?? [];
    const entry = items(images).find((one) => string(get(one, 'name')) === own);
    if (entry === undefined) return map;
    const name = get(entry, 'newName');
    const [newTag, digest] = [get(entry, 'newTag'), get(entry, 'digest')];
    const end =
      digest === undefined ? (newTag === undefined ? tag : `:${string(newTag) ?? ''}`) : `@${string(digest) ?? ''}`;
    return withValue(map, 'image', scalarAt(`${string(name) ?? own}${end}`, newTag ?? digest ?? name ?? image));
  });
  return isMap(node) ? { ...object, node } : object;
}
