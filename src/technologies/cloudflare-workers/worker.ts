import type { Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, pair, pairs, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { audienceOfPath, type Audience } from '../audience.js';
import { saysProduction } from '../stages.js';

/** A script that the platform runs at its edge, as its file describes it for production. */
export interface Worker {
  readonly name: string;
  readonly root: YamlNode;
  /** The table of `env` that is production, where one says so: https://developers.cloudflare.com/workers/wrangler/environments/ */
  readonly environment: YamlNode | undefined;
  readonly audience: Audience;
  readonly unit: string;
}

export function workerOf(document: Document<TomlTree | YamlTree>): Worker | undefined {
  const { tree } = document;
  const root = 'root' in tree ? tree.root : tree.documents[0];
  if (!isMap(root)) return undefined;
  const stages = pairs(get(root, 'env'));
  const chosen = stages.find(({ key }) => saysProduction(key));
  const folder = folderOf(document.path);
  const called = string(get(chosen?.value, 'name')) ?? string(get(root, 'name'));
  const name = called ?? (folder === '' ? 'worker' : folder.replace(/^.*\//, ''));
  return {
    name,
    root,
    environment: chosen?.value,
    audience: audienceOfPath(document.path) ?? 'production',
    unit: joinPath('worker', `${document.path}/${name}`),
  };
}

/** What an environment takes over where it says nothing itself. */
export function inherited({ root, environment }: Worker, key: string): YamlPair | undefined {
  return pair(environment, key) ?? pair(root, key);
}

/** What is bound to it: an environment repeats what it needs. */
export function bound({ root, environment }: Worker, ...path: readonly string[]): readonly YamlNode[] {
  return items(get(environment ?? root, ...path));
}

export function variablesOf(document: Document): string {
  return `platform:${document.path}`;
}
