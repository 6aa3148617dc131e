import type { Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlNode, YamlPair } from '../../parse/yaml/node.js';
import { get, isMap, items, pair, pairs, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** One group of machines that run the same command. */
export interface Group {
  readonly name: string;
  /** Its line of `[processes]`, where there is one. */
  readonly pair: YamlPair | undefined;
}

/** What stands beside a manifest whose folder is for such things, and for no application. */
const ASIDE = /(?:^|\/)(?:etc|contrib|misc|extras?)\//i;

/** https://fly.io/docs/reference/configuration/ */
export interface App {
  readonly name: string;
  readonly root: YamlNode;
  readonly groups: readonly Group[];
  readonly offered: boolean;
}

export function appOf(document: Document<TomlTree>): App | undefined {
  const { root } = document.tree;
  if (root.pairs.length === 0) return undefined;
  const folder = folderOf(document.path);
  const name = string(get(root, 'app')) ?? (folder === '' ? 'app' : folder.replace(/^.*\//, ''));
  const written = pairs(get(root, 'processes')).map((one): Group => ({ name: one.key, pair: one }));
  return {
    name,
    root,
    groups: written.length > 0 ? written : [{ name: 'app', pair: undefined }],
    offered: ASIDE.test(document.path),
  };
}

export function unitOf(document: Document, app: App, group: string): string {
  return joinPath('fly', `${folderOf(document.path)}/${app.name}/${group}`);
}

export function variablesOf(document: Document): string {
  return `platform:${document.path}`;
}

/** Whether a table of the file (a service, a mount) is for a group; it is for all where it names none. */
export function isFor(table: YamlNode, group: Group, { groups }: App): boolean {
  const named = items(get(table, 'processes')).flatMap((one) => string(one) ?? []);
  // Beside others, what names nobody is for the group that is there by default.
  if (named.length === 0) return groups.length === 1 || group.name === 'app';
  return named.includes(group.name);
}

/** Tables that are written once or several times: `[mounts]`, `[[mounts]]`. */
export function tables(root: YamlNode, key: string): readonly YamlNode[] {
  const found = pair(root, key)?.value;
  if (isMap(found)) return [found];
  return items(found);
}

export function servicesOf(app: App, group: Group): readonly YamlNode[] {
  return [...tables(app.root, 'http_service'), ...tables(app.root, 'services')].filter((one) => isFor(one, group, app));
}
