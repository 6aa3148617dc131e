import type { Document, Range } from '../../parse/document.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, isNull, items, pair, pairs, string } from '../../parse/yaml/read.js';

export interface Service {
  readonly name: string;
  /** Its key. */
  readonly place: Range;
  /** Its own description first, then those that it extends. */
  readonly layers: readonly YamlNode[];
  /** Where the rest of it stands, for one that extends a service of another file. */
  readonly elsewhere: string | undefined;
}

export interface Deployment {
  readonly document: Document<YamlTree>;
  readonly root: YamlNode;
  readonly services: readonly Service[];
}

/** Descriptions that extend one another beyond this are left out. */
const DEEPEST = 20;

/** The services of a file; none where it is no Compose file after all. */
export function deploymentOf(document: Document<YamlTree>): Deployment | undefined {
  const [root] = document.tree.documents;
  if (!isMap(root)) return undefined;
  const holder = get(root, 'services') ?? (isFirstVersion(root) ? root : undefined);
  if (!isMap(holder) || !isCompose(document.path, root, holder)) return undefined;
  const services = pairs(holder)
    .filter(({ value }) => isMap(value) && value.tag !== '!reset')
    .map((found): Service => {
      const { layers, elsewhere } = layersOf(holder, found);
      return { name: found.key, place: found.keyRange, layers, elsewhere: elsewhere ?? included(root, found) };
    });
  return { document, root, services };
}

/** Without image and build, a service of a file that includes others may be one of those. */
function included(root: YamlNode, { key, value }: YamlPair): string | undefined {
  const include = get(root, 'include');
  const isWhole = ['image', 'build', 'extends'].some((one) => get(value, one) !== undefined);
  if (isWhole || include === undefined) return undefined;
  const files = items(include).map((item) => string(item) ?? string(get(item, 'path')) ?? 'several files');
  return `${key} of ${files.join(' or ')}`;
}

/** Before `services` there was only a map of them. */
function isFirstVersion(root: YamlNode): boolean {
  const entries = pairs(root);
  return (
    entries.length > 0 &&
    entries.every(({ value }) => get(value, 'image') !== undefined || get(value, 'build') !== undefined)
  );
}

/** By its name, or because its services have images and nothing else claims the file: pipelines of CI have services too. */
function isCompose(path: string, root: YamlNode, holder: YamlNode): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const described = pairs(holder).some(
    ({ value }) => get(value, 'image') !== undefined || get(value, 'build') !== undefined,
  );
  if (/compose/i.test(name)) return described || pairs(holder).some(({ value }) => isMap(value));
  const foreign = ['steps', 'pipeline', 'kind', 'apiVersion', 'jobs', 'on', 'clone', 'script', 'stages'];
  return described && !name.startsWith('.') && !foreign.some((key) => get(root, key) !== undefined);
}

function layersOf(holder: YamlNode, found: YamlPair): { layers: YamlNode[]; elsewhere: string | undefined } {
  const layers: YamlNode[] = [];
  const seen = new Set<YamlNode>();
  let node: YamlNode | undefined = found.value;
  while (node !== undefined && !seen.has(node) && layers.length < DEEPEST) {
    seen.add(node);
    layers.push(node);
    const extended: YamlNode | undefined = get(node, 'extends');
    const file = string(get(extended, 'file'));
    const name = string(extended) ?? string(get(extended, 'service'));
    if (file !== undefined) return { layers, elsewhere: `${name ?? found.key} of ${file}` };
    node = name === undefined ? undefined : get(holder, name);
  }
  return { layers, elsewhere: undefined };
}

/** The pair on a path in the nearest layer that has it; `!reset` and null take a value away. */
export function field(service: Service, ...path: readonly string[]): YamlPair | undefined {
  for (const layer of service.layers) {
    const found = pair(get(layer, ...path.slice(0, -1)), path.at(-1) ?? '');
    if (found !== undefined) return found.value.tag === '!reset' || isNull(found.value) ? undefined : found;
  }
  return undefined;
}

/** The nodes of a field in all layers, the extended one first: lists and maps of them add up. */
export function fieldInAll(service: Service, key: string): readonly YamlNode[] {
  const found: YamlNode[] = [];
  for (const layer of service.layers) {
    const node = get(layer, key);
    if (node === undefined) continue;
    if (node.tag !== '!reset') found.unshift(node);
    if (node.tag !== undefined) break;
  }
  return found;
}
