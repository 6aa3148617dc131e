import type { Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, pair, pairs, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { audienceOfPath, type Audience } from '../audience.js';

/** https://github.com/zappa/Zappa#advanced-settings */
export interface Stage {
  readonly name: string;
  readonly pair: YamlPair;
  readonly audience: Audience;
}

/** Stages that extend each other beyond this are not followed. */
const DEEPEST = 5;

/** A single stage is what there is, whatever it is called; what others are for, their names tell. */
export function stagesOf(document: Document): Stage[] {
  const root = rootOf(document);
  const all = pairs(root).filter(({ value }) => isMap(value) && get(value, 'extends_only') === undefined);
  const deployed = all.filter(({ value }) =>
    settingOf(document, value, ['s3_bucket', 'django_settings', 'app_function']),
  );
  const byPath = audienceOfPath(document.path);
  return deployed.map((one) => ({
    name: one.key,
    pair: one,
    audience: byPath ?? (deployed.length === 1 ? 'production' : (audienceOfPath(one.key) ?? 'production')),
  }));
}

function rootOf(document: Document): YamlNode | undefined {
  // The language decides the shape of the tree.
  return document.language === 'toml'
    ? (document as Document<TomlTree>).tree.root
    : (document as Document<YamlTree>).tree.documents[0];
}

/** A setting of a stage, or of what it extends. */
export function settingOf(
  document: Document,
  stage: YamlNode,
  names: readonly string[],
  depth = 0,
): YamlPair | undefined {
  for (const name of names) {
    const own = pair(stage, name);
    if (own !== undefined) return own;
  }
  const base = string(get(stage, 'extends'));
  const upper = base === undefined ? undefined : get(rootOf(document), base);
  return upper === undefined || depth >= DEEPEST ? undefined : settingOf(document, upper, names, depth + 1);
}

export function unitOf(document: Document, { name }: Stage): string {
  return joinPath('zappa', `${folderOf(document.path)}/${name}`);
}

export function variablesOf(document: Document, stage: Stage): string {
  return `unit:${unitOf(document, stage)}/${stage.name}`;
}
