import { unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlMap, YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, pair, pairs, place, string } from '../../parse/yaml/read.js';

export interface KubernetesObject {
  readonly kind: string;
  /** The part of `apiVersion` before the slash; empty for the core. */
  readonly group: string;
  readonly name: string;
  readonly namespace: string;
  /** Where it is named. */
  readonly place: Range;
  readonly node: YamlMap;
}

/** Lists inside lists beyond this are left out. */
const DEEPEST_LIST = 5;

/** The objects of a file, those of lists and of OpenShift's templates included. */
export function* objectsOf(document: Document<YamlTree>): Generator<KubernetesObject> {
  for (const node of document.tree.documents) yield* objectsIn(node, 0);
}

function* objectsIn(node: YamlNode, depth: number): Generator<KubernetesObject> {
  const kind = string(get(node, 'kind'));
  const version = string(get(node, 'apiVersion'));
  if (!isMap(node) || kind === undefined || version === undefined || depth > DEEPEST_LIST) return;
  const inner = kind.endsWith('List') ? get(node, 'items') : kind === 'Template' ? get(node, 'objects') : undefined;
  if (inner !== undefined) {
    for (const item of items(inner)) yield* objectsIn(item, depth + 1);
    return;
  }
  const metadata = get(node, 'metadata');
  const named = pair(metadata, 'name') ?? pair(metadata, 'generateName');
  const name = string(named?.value);
  if (named === undefined || name === undefined) return;
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  const namespace = string(get(metadata, 'namespace')) ?? 'default';
  yield { kind, group, name, namespace, place: place(named), node };
}

/** The objects of some kinds, each told by its kind and group: `Deployment.apps`, `Service` for the core. */
export function* objectsOfKinds(document: Document<YamlTree>, kinds: ReadonlySet<string>): Generator<KubernetesObject> {
  for (const object of objectsOf(document)) {
    if (kinds.has(object.group === '' ? object.kind : `${object.kind}.${object.group}`)) yield object;
  }
}

/** A text that something fills in before it is applied is not known. */
export function rendered(text: string): Maybe<string> {
  const hole = /\{\{.*?\}\}|\$\{[^}]*\}|<%.*?%>/s.exec(text)?.[0];
  return hole === undefined ? text : unknown(`filled in before the file is applied: ${hole.slice(0, 80)}`);
}

/** `name=value` of a map of labels. */
export function labelsOf(node: YamlNode | undefined): Record<string, string> {
  return Object.fromEntries(pairs(node).map(({ key, value }) => [key, string(value) ?? '']));
}

/** Where a node on a path stands, else where the object is named. */
export function placeOf(document: Document, object: KubernetesObject, ...path: readonly string[]): Location {
  const found = pair(get(object.node, ...path.slice(0, -1)), path.at(-1) ?? '');
  return locate(document, found === undefined ? object.place : place(found));
}
