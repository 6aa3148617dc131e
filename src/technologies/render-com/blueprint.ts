import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** What a blueprint lists, wherever it stands: at the root, or in the environments of projects. */
export interface Blueprint {
  readonly services: readonly Named[];
  readonly databases: readonly Named[];
  readonly groups: readonly Named[];
  /** Whether the file is there for others to start a copy of their own. */
  readonly offered: boolean;
}

export interface Named {
  readonly name: string;
  readonly node: YamlNode;
}

/** https://render.com/docs/blueprint-spec */
export function blueprintOf(document: Document<YamlTree>): Blueprint {
  const [root] = document.tree.documents;
  const holders = [
    root,
    ...items(get(root, 'projects')).flatMap((project) => items(get(project, 'environments'))),
    get(root, 'ungrouped'),
  ];
  const listed = (key: string): Named[] =>
    holders.flatMap((holder) =>
      items(get(holder, key)).flatMap((node) => {
        const name = string(get(node, 'name'));
        return name === undefined ? [] : [{ name, node }];
      }),
    );
  const services = listed('services');
  const databases = listed('databases');
  return {
    services,
    databases,
    groups: listed('envVarGroups'),
    offered: isButton(document, root) || isFree([...services, ...databases]),
  };
}

/** Its head says that it is what a button deploys. */
function isButton({ comments, text }: Document, root: YamlNode | undefined): boolean {
  const head = comments
    .filter(({ end }) => end <= (root?.start ?? 0))
    .map(({ start, end }) => text.slice(start, end))
    .join(' ')
    .slice(0, 4_000);
  return /\bone[- ]click\b|\bdeploy(?:s|ing)? to render\b|\bbutton\b/i.test(head);
}

/** Nobody serves others from machines that fall asleep and a database that is deleted after a month. */
function isFree(all: readonly Named[]): boolean {
  const plans = all.flatMap(({ node }) => string(get(node, 'plan')) ?? []);
  return plans.length > 0 && plans.every((plan) => plan === 'free');
}

export function unitOf(document: Document, name: string): string {
  return joinPath('render', `${folderOf(document.path)}/${name}`);
}

/** The variables of one service, and those that several share. */
export function variablesOf(document: Document, name: string): string {
  return `unit:${unitOf(document, name)}/${name}`;
}

export function groupOf(document: Document, name: string): string {
  return `platform:${document.path}/${name}`;
}
