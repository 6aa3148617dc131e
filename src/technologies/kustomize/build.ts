import type { Inventory } from '../../discover/inventory.js';
import type { Document } from '../../parse/document.js';
import type { DocumentStore } from '../../parse/documents.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, isScalar, items, string } from '../../parse/yaml/read.js';
import { joinPath } from '../../repository-path.js';
import { generated, objectsIn } from './generators.js';
import type { Built } from './kubernetes-object.js';
import type { Kustomization } from './kustomizations.js';
import { bodiesOf, patched, type Patch } from './patches.js';
import { stamped, stampedAt } from './stamp.js';
import { counted, inNamespace, labelled, renamed, withImages } from './transformers.js';

/** Layers upon layers beyond this are left out. */
const DEEPEST_LAYER = 20;
/** Objects of one build beyond this are left out. */
const MOST_OBJECTS = 5_000;
/** Layers of one build, each time that it is used, and entries of one list; more is an attack or an accident. */
const MOST_LAYERS = 500;
const MOST_ENTRIES = 500;

export interface Sources {
  readonly inventory: Inventory;
  readonly documents: DocumentStore;
  readonly all: ReadonlyMap<string, Kustomization>;
}

/** The objects that one kustomization gives, in the order of steps of https://github.com/kubernetes-sigs/kustomize (`configureBuiltinTransformers`). */
export function build(one: Kustomization, sources: Sources): readonly Built[] {
  return layer(one, { ...sources, layers: { left: MOST_LAYERS } }, [], new Set());
}

interface Building extends Sources {
  readonly layers: { left: number };
}

function layer(
  one: Kustomization,
  sources: Building,
  before: readonly Built[],
  within: ReadonlySet<string>,
): readonly Built[] {
  if (within.has(one.folder) || within.size > DEEPEST_LAYER || sources.layers.left-- <= 0) return before;
  const inside = new Set([...within, one.folder]);
  const { node, folder } = one;
  const inner = (path: string, objects: readonly Built[]): readonly Built[] => {
    const other = sources.all.get(path);
    return other === undefined ? objects : layer(other, sources, objects, inside);
  };
  let objects: readonly Built[] = [...before];
  for (const path of one.bases) objects = [...objects, ...inner(path, [])].slice(0, MOST_OBJECTS);
  for (const path of one.files) {
    const document = sources.documents.get<YamlTree>(path, 'yaml');
    if (document === undefined) continue;
    const read = document.tree.documents.flatMap((root) => objectsIn(stamped(root, document)));
    objects = [...objects, ...read].slice(0, MOST_OBJECTS);
  }
  objects = generated(node, folder, objects, (path) => sources.inventory.read(path));
  for (const path of one.components) objects = inner(path, objects);
  const [merges, operations] = patchesOf(one, sources);
  for (const patch of merges) objects = patched(objects, patch);
  const namespace = get(node, 'namespace');
  if (isScalar(namespace)) objects = objects.map((object) => inNamespace(object, namespace));
  objects = renamed(objects, string(get(node, 'namePrefix')) ?? '', string(get(node, 'nameSuffix')) ?? '');
  objects = objects.map((object) => withLabels(object, node));
  for (const patch of operations) objects = patched(objects, patch);
  for (const entry of entriesOf(node, 'replicas')) objects = objects.map((object) => counted(object, entry));
  return objects.map((object) => withImages(object, get(node, 'images')));
}

function entriesOf(node: YamlNode, key: string): readonly YamlNode[] {
  return items(get(node, key)).slice(0, MOST_ENTRIES);
}

function withLabels(object: Built, node: YamlNode): Built {
  let result = object;
  for (const entry of entriesOf(node, 'labels')) {
    const says = (key: string): boolean => string(get(entry, key)) === 'true';
    const where = says('includeSelectors') ? 'selectors' : says('includeTemplates') ? 'templates' : 'objects';
    const labels = get(entry, 'pairs');
    if (labels !== undefined) result = labelled(result, labels, where);
  }
  const common = get(node, 'commonLabels');
  return common === undefined ? result : labelled(result, common, 'selectors');
}

/** Those that are laid over before names change, and the operations that come after. */
function patchesOf({ node, folder, document }: Kustomization, sources: Sources): [Patch[], Patch[]] {
  const read = (source: YamlNode | undefined, target: YamlNode | undefined): Patch[] => {
    const bodies = source === undefined ? [] : textOf(source, folder, document, sources);
    return bodiesOf(bodies).map((body) => ({ body, target }));
  };
  const merges = entriesOf(node, 'patchesStrategicMerge').flatMap((entry) => read(entry, undefined));
  const general = entriesOf(node, 'patches').flatMap((entry) =>
    // A long time ago this was a list of paths.
    isScalar(entry) ? read(entry, undefined) : read(get(entry, 'path') ?? get(entry, 'patch'), get(entry, 'target')),
  );
  const operations = entriesOf(node, 'patchesJson6902').flatMap((entry) =>
    read(get(entry, 'path') ?? get(entry, 'patch'), get(entry, 'target')),
  );
  return [[...merges, ...general], operations];
}

/** What a patch says: in a file, or in the kustomization itself. */
function textOf(source: YamlNode, folder: string, document: Document<YamlTree>, sources: Sources): readonly YamlNode[] {
  const text = string(source);
  if (text === undefined || source.kind !== 'scalar') return isMap(source) ? [source] : [];
  const path = text.includes('\n') ? undefined : joinPath(folder, text);
  if (path !== undefined && sources.inventory.has(path)) {
    const file = sources.documents.get<YamlTree>(path, 'yaml');
    return file === undefined ? [] : file.tree.documents.map((root) => stamped(root, file));
  }
  if (source.style === 'literal' && source.bodyStart !== undefined) {
    const { bodyStart, end } = source;
    const own = source.in ?? document;
    const parsed = sources.documents.embedded(own.path, own.text.slice(bodyStart, end), 'yaml') as Document<YamlTree>;
    return parsed.tree.documents.map((root) => stamped(root, own, bodyStart));
  }
  const parsed = sources.documents.embedded(document.path, text, 'yaml') as Document<YamlTree>;
  return parsed.tree.documents.map((root) => stampedAt(root, source));
}

/** Paths of the files that a kustomization says something with, itself left out. */
export function filesOf({ node, folder, files }: Kustomization, inventory: Inventory): readonly string[] {
  const patches = [
    ...items(get(node, 'patchesStrategicMerge')),
    ...['patches', 'patchesJson6902'].flatMap((key) =>
      items(get(node, key)).map((entry) => (isScalar(entry) ? entry : get(entry, 'path'))),
    ),
  ];
  const paths = patches.flatMap((entry) => {
    const text = string(entry);
    return text === undefined || text.includes('\n') ? [] : joinPath(folder, text);
  });
  return [...files, ...paths].filter((path) => inventory.has(path));
}
