import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** https://cloud.google.com/appengine/docs/standard/reference/app-yaml */
export interface Service {
  readonly name: string;
  readonly root: YamlNode;
  readonly runtime: string;
  /** On machines of its own, which are built as images; else in the sandbox of the platform. */
  readonly flexible: boolean;
}

export function serviceOf(document: Document<YamlTree>): Service | undefined {
  const [root] = document.tree.documents;
  const runtime = string(get(root, 'runtime'));
  if (root === undefined || runtime === undefined) return undefined;
  const name = string(get(root, 'service')) ?? string(get(root, 'module')) ?? 'default';
  const environment = string(get(root, 'env')) ?? (string(get(root, 'vm')) === 'true' ? 'flex' : 'standard');
  return { name, root, runtime, flexible: environment === 'flex' || environment === 'flexible' };
}

export function unitOf(document: Document, { name }: Service): string {
  return joinPath('app-engine', `${folderOf(document.path)}/${name}`);
}

export function variablesOf(document: Document, service: Service): string {
  return `unit:${unitOf(document, service)}/${service.name}`;
}
