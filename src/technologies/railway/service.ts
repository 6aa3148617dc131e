import type { Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** The same keys in both languages: https://docs.railway.com/reference/config-as-code */
export function rootOf(document: Document): YamlNode | undefined {
  // The language decides the shape of the tree.
  return document.language === 'toml'
    ? (document as Document<TomlTree>).tree.root
    : (document as Document<YamlTree>).tree.documents[0];
}

/** A file describes one service; what is called `railway.worker.toml` is for that of this name. */
export function nameOf(path: string): string {
  const own = /(?:^|\/)railway\.([\w-]+)\.(?:toml|json)$/.exec(path)?.[1];
  return own ?? (folderOf(path).replace(/^.*\//, '') || 'service');
}

export function unitOf(path: string): string {
  return joinPath('railway', `${folderOf(path)}/${nameOf(path)}`);
}
