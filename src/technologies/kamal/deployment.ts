import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, pairs, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** https://kamal-deploy.org/docs/configuration/overview/ */
export interface Deployment {
  readonly service: string;
  readonly root: YamlNode;
  readonly roles: readonly Role[];
}

/** A container that the same image is started as on some machines. */
export interface Role {
  readonly name: string;
  readonly node: YamlNode;
  readonly hosts: readonly YamlNode[];
}

export function deploymentOf({ tree: { documents } }: Document<YamlTree>): Deployment | undefined {
  const [root] = documents;
  const service = string(get(root, 'service'));
  const servers = get(root, 'servers');
  if (root === undefined || service === undefined || servers === undefined) return undefined;
  if (!isMap(servers)) return { service, root, roles: [{ name: 'web', node: servers, hosts: items(servers) }] };
  const roles = pairs(servers).map(({ key, value }): Role => {
    return { name: key, node: value, hosts: isMap(value) ? items(get(value, 'hosts')) : items(value) };
  });
  return { service, root, roles };
}

/** `config/` belongs to the folder that Kamal is started in. */
export function folderOfProject(document: Document): string {
  return folderOf(folderOf(document.path));
}

export function unitOf(document: Document, { service }: Deployment, role: string): string {
  return joinPath('kamal', `${folderOfProject(document)}/${service}/${role}`);
}

export function variablesOf(document: Document, role?: string): string {
  return role === undefined ? `platform:${document.path}` : `platform:${document.path}/${role}`;
}
