import type { Inventory } from '../../discover/inventory.js';
import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, string } from '../../parse/yaml/read.js';
import type { DocumentStore } from '../../parse/documents.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { stamped } from './stamp.js';

/** A file that says what is put together, and how. */
export interface Kustomization {
  readonly folder: string;
  readonly document: Document<YamlTree>;
  readonly node: YamlNode;
  /** Folders of others that it builds on, relative to the root. */
  readonly bases: readonly string[];
  readonly components: readonly string[];
  /** Files of objects. */
  readonly files: readonly string[];
  /** What it names that is not in the repository. */
  readonly elsewhere: readonly YamlNode[];
}

const FILE = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** By folder. */
export function kustomizationsOf(inventory: Inventory, documents: DocumentStore): ReadonlyMap<string, Kustomization> {
  const paths = inventory.files.map(({ path }) => path).filter((path) => FILE.test(path));
  const folders = new Set(paths.map(folderOf));
  const found = new Map<string, Kustomization>();
  for (const path of paths) {
    const document = documents.get<YamlTree>(path, 'yaml');
    const root = document?.tree.documents[0];
    if (document === undefined || root === undefined || found.has(folderOf(path))) continue;
    const node = stamped(root, document);
    const folder = folderOf(path);
    const bases: string[] = [];
    const files: string[] = [];
    const elsewhere: YamlNode[] = [];
    for (const entry of [...items(get(node, 'resources')), ...items(get(node, 'bases'))]) {
      const text = string(entry) ?? '';
      const target = joinPath(folder, text);
      if (/^[a-z+]+:\/\/|^git@|^[\w-]+\.[\w.-]+\/.*\/\//.test(text)) elsewhere.push(entry);
      else if (folders.has(target)) bases.push(target);
      else if (inventory.has(target)) files.push(target);
      else elsewhere.push(entry);
    }
    const components = items(get(node, 'components'))
      .map((entry) => joinPath(folder, string(entry) ?? ''))
      .filter((target) => folders.has(target));
    found.set(folder, { folder, document, node, bases, components, files, elsewhere });
  }
  return found;
}

export function isComponent({ node }: Kustomization): boolean {
  return string(get(node, 'kind')) === 'Component';
}

/** All that one builds on, itself included. */
export function reachedFrom(folder: string, all: ReadonlyMap<string, Kustomization>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const one = all.get(next);
    if (one === undefined || reached.has(next)) continue;
    reached.add(next);
    open.push(...one.bases, ...one.components);
  }
  return reached;
}
