import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';

export type Kind = 'services' | 'workers' | 'jobs' | 'functions' | 'databases';

export interface Component {
  readonly kind: Kind;
  readonly name: string;
  readonly node: YamlNode;
}

export interface App {
  readonly node: YamlNode;
  readonly components: readonly Component[];
  /** `deploy.template.yaml`, or all below `spec`: what a button deploys. */
  readonly offered: boolean;
}

/** https://docs.digitalocean.com/products/app-platform/reference/app-spec/ */
export function appOf(document: Document<YamlTree>): App | undefined {
  const [root] = document.tree.documents;
  const spec = get(root, 'spec');
  const node = isMap(spec) ? spec : root;
  if (node === undefined) return undefined;
  const components = (['services', 'workers', 'jobs', 'databases'] as const).flatMap((kind) =>
    items(get(node, kind)).flatMap((one): Component[] => {
      const name = string(get(one, 'name'));
      return name === undefined ? [] : [{ kind, name, node: one }];
    }),
  );
  return { node, components, offered: node === spec || /(?:^|\/)deploy\.template\.ya?ml$/.test(document.path) };
}

/** The folder of the application: that which `.do` stands in. */
export function rootOf(document: Document): string {
  return folderOf(folderOf(document.path));
}

export function unitOf(document: Document, name: string): string {
  return joinPath('digitalocean', `${rootOf(document)}/${name}`);
}

export function variablesOf(document: Document, name: string): string {
  return `unit:${unitOf(document, name)}/${name}`;
}

/** What all components of the app are given. */
export function sharedOf(document: Document): string {
  return `platform:${document.path}`;
}
