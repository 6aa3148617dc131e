import type { Document, Range } from '../../parse/document.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, isNull, items, pair, pairs, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { audienceOfPath } from '../audience.js';
import { knownText } from './interpolated.js';

/** A description of a service, in the file that paths in it start from. */
export interface Layer {
  readonly node: YamlNode;
  readonly document: Document<YamlTree>;
}

export interface Service {
  readonly name: string;
  /** Its key. */
  readonly place: Range;
  /** Its own description first, then those that it extends. */
  readonly layers: readonly Layer[];
  /** Where the rest of it stands, for one that extends a service of a file that is not to be had. */
  readonly elsewhere: string | undefined;
}

/** A pair, in the file that it stands in. */
export type Found = YamlPair & Pick<Layer, 'document'>;

export interface Deployment {
  readonly document: Document<YamlTree>;
  readonly root: YamlNode;
  readonly services: readonly Service[];
  /** The deployment whose file includes this one, which then is a part of it. */
  readonly within?: Deployment;
}

/** Descriptions that extend one another beyond this are left out. */
const DEEPEST = 20;

/** Extractors of several kinds ask for the same documents. */
const remembered = new WeakMap<readonly Document<YamlTree>[], readonly Deployment[]>();

/** The deployments that files describe. A service may extend one of another file. */
export function deploymentsOf(documents: readonly Document<YamlTree>[]): readonly Deployment[] {
  const known = remembered.get(documents);
  if (known !== undefined) return known;
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const all = documents.flatMap((document) => deploymentOf(document, byPath) ?? []);
  const extended = new Set(
    all
      .filter(isStarted)
      .flatMap(({ document, services }) =>
        services.flatMap(({ layers }) => layers.filter((layer) => layer.document !== document).map(({ node }) => node)),
      ),
  );
  // What others extend, in a file that nobody starts by itself, is no service of its own.
  const deployments = withIncluded(all).map((deployment) =>
    isMain(deployment.document.path)
      ? deployment
      : {
          ...deployment,
          services: deployment.services.filter(({ layers: [own] }) => own === undefined || !extended.has(own.node)),
        },
  );
  remembered.set(documents, deployments);
  return deployments;
}
/** A file that another includes is a part of it; what both say of a service is said by the one that includes. */
function withIncluded(all: readonly Deployment[]): readonly Deployment[] {
  const byPath = new Map(all.map((deployment) => [deployment.document.path, deployment]));
  const includedBy = new Map<Deployment, Deployment>();
  // The file that is started as it is comes first, files that developers lay over it last.
  const rank = ({ document: { path } }: Deployment): number =>
    (isStarted({ document: { path } }) ? 0 : 2) + (isMain(path) ? 0 : 1);
  for (const one of [...all].sort((a, b) => rank(a) - rank(b))) {
    for (const path of includedPaths(one)) {
      const other = byPath.get(path);
      if (other === undefined || includedBy.has(other) || (isMain(path) && !isStarted(one))) continue;
      if (!isAbove(other, one, includedBy)) includedBy.set(other, one);
    }
  }
  return all.map((deployment) => {
    const within = outermost(deployment, includedBy);
    if (within === deployment) return deployment;
    const names = new Set(within.services.map(({ name }) => name));
    return { ...deployment, within, services: deployment.services.filter(({ name }) => !names.has(name)) };
  });
}

/** Whether one is among those that include another, so that a circle would close. */
function isAbove(one: Deployment, other: Deployment, includedBy: ReadonlyMap<Deployment, Deployment>): boolean {
  for (let at: Deployment | undefined = other; at !== undefined; at = includedBy.get(at)) if (at === one) return true;
  return false;
}

function outermost(one: Deployment, includedBy: ReadonlyMap<Deployment, Deployment>): Deployment {
  let at = one;
  for (let next = includedBy.get(at); next !== undefined; next = includedBy.get(at)) at = next;
  return at;
}

/** https://docs.docker.com/reference/compose-file/include/: a path, several that are laid over one another, or more of them with options. */
function includedPaths({ document, root }: Pick<Deployment, 'document' | 'root'>): string[] {
  return items(get(root, 'include')).flatMap((item) => {
    const path = get(item, 'path');
    return [item, path, ...items(path)].flatMap((one) => {
      const text = knownText(one);
      return text === undefined ? [] : joinPath(folderOf(document.path), text);
    });
  });
}

/** A file for developers may extend the one for production, which is started all the same. */
function isStarted({ document: { path } }: { readonly document: { readonly path: string } }): boolean {
  const audience = audienceOfPath(path);
  return (audience === undefined || audience === 'production') && !path.includes('override');
}

/** Compose takes these where nobody names a file. */
export function isMain(path: string): boolean {
  return /^(?:docker-)?compose\.ya?ml$/.test(path.slice(path.lastIndexOf('/') + 1));
}

type Files = ReadonlyMap<string, Document<YamlTree>>;

/** The services of a file; none where it is no Compose file after all. */
function deploymentOf(document: Document<YamlTree>, files: Files): Deployment | undefined {
  const [root] = document.tree.documents;
  const holder = holderOf(root);
  if (!isMap(root) || !isMap(holder) || !isCompose(document.path, root, holder)) return undefined;
  const services = pairs(holder)
    .filter(({ value }) => isMap(value) && value.tag !== '!reset')
    .map((found): Service => {
      const { layers, elsewhere } = layersOf(document, holder, found, files);
      const below = includedLayers(document, root, found, files);
      return {
        name: found.key,
        place: found.keyRange,
        layers: [...layers, ...below],
        elsewhere: elsewhere ?? (below.length > 0 ? undefined : included(root, found)),
      };
    });
  return { document, root, services };
}

/** What holds the services. */
function holderOf(root: YamlNode | undefined): YamlNode | undefined {
  return get(root, 'services') ?? (root !== undefined && isFirstVersion(root) ? root : undefined);
}

/** Without image and build, a service of a file that includes others may be one of those. */
function included(root: YamlNode, { key, value }: YamlPair): string | undefined {
  const include = get(root, 'include');
  const isWhole = ['image', 'build', 'extends'].some((one) => get(value, one) !== undefined);
  if (isWhole || include === undefined) return undefined;
  const files = items(include).map((item) => string(item) ?? string(get(item, 'path')) ?? 'several files');
  return `${key} of ${files.join(' or ')}`;
}

/** What the included files say of a service that this one only changes. */
function includedLayers(document: Document<YamlTree>, root: YamlNode, { key }: YamlPair, files: Files): Layer[] {
  for (const path of includedPaths({ document, root })) {
    const base = files.get(path);
    const holder = holderOf(base?.tree.documents[0]);
    const found = pair(holder, key);
    if (base !== undefined && base !== document && holder !== undefined && found !== undefined)
      return layersOf(base, holder, found, files).layers;
  }
  return [];
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

function layersOf(
  document: Document<YamlTree>,
  holder: YamlNode,
  found: YamlPair,
  files: Files,
): { layers: Layer[]; elsewhere: string | undefined } {
  const layers: Layer[] = [];
  const seen = new Set<YamlNode>();
  let at = { document, holder };
  let node: YamlNode | undefined = found.value;
  while (node !== undefined && !seen.has(node) && layers.length < DEEPEST) {
    seen.add(node);
    layers.push({ node, document: at.document });
    const extended: YamlNode | undefined = get(node, 'extends');
    const file = string(get(extended, 'file'));
    const name = string(extended) ?? string(get(extended, 'service'));
    if (file !== undefined) {
      const base = files.get(joinPath(folderOf(at.document.path), knownText(get(extended, 'file')) ?? ''));
      const services = holderOf(base?.tree.documents[0]);
      const whole = services === undefined ? undefined : get(services, name ?? found.key);
      if (base === undefined || services === undefined || whole === undefined)
        return { layers, elsewhere: `${name ?? found.key} of ${file}` };
      at = { document: base, holder: services };
      node = whole;
    } else node = name === undefined ? undefined : get(at.holder, name);
  }
  return { layers, elsewhere: undefined };
}

/** The pair on a path in the nearest layer that has it; `!reset` and null take a value away. */
export function field(service: Service, ...path: readonly string[]): Found | undefined {
  for (const { node, document } of service.layers) {
    const found = pair(get(node, ...path.slice(0, -1)), path.at(-1) ?? '');
    if (found !== undefined)
      return found.value.tag === '!reset' || isNull(found.value) ? undefined : { ...found, document };
  }
  return undefined;
}

/** A field in all layers, the extended one first: lists and maps of them add up. */
export function fieldInAll(service: Service, key: string): readonly Layer[] {
  const found: Layer[] = [];
  for (const layer of service.layers) {
    const node = get(layer.node, key);
    if (node === undefined) continue;
    if (node.tag !== '!reset') found.unshift({ node, document: layer.document });
    if (node.tag !== undefined) break;
  }
  return found;
}
