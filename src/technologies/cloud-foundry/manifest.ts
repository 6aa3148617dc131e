import { unknown, type Maybe } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { audienceOfPath, type Audience } from '../audience.js';

/** https://docs.cloudfoundry.org/devguide/deploy-apps/manifest-attributes.html */
export interface Application {
  readonly name: string;
  readonly node: YamlNode;
  /** Beside the application itself, processes of other types. */
  readonly processes: readonly Process[];
}

export interface Process {
  readonly type: string;
  readonly node: YamlNode;
}

export function applicationsOf({ tree: { documents } }: Document<YamlTree>): Application[] {
  return documents
    .flatMap((root) => items(get(root, 'applications')))
    .flatMap((node) => {
      const name = string(get(node, 'name'));
      if (name === undefined) return [];
      const processes = items(get(node, 'processes')).flatMap((one): Process[] => {
        const type = string(get(one, 'type'));
        return type === undefined ? [] : [{ type, node: one }];
      });
      return [{ name, node, processes }];
    });
}

const STAGE =
  /[-_.](?:prod|production|live|dev|development|test|testing|qa|uat|stage|staging|feature|preview|sandbox)$/i;

/** Manifests of several stages name the same application after their stage. */
export function unitOf(document: Document, { name }: Application): string {
  return joinPath('cloud-foundry', `${folderOf(document.path)}/${name.replace(STAGE, '')}`);
}

export function variablesOf(document: Document, { name }: Application): string {
  return `platform:${document.path}/${name}`;
}

/** Where several stages have a manifest each, only that of production is what runs for everybody. */
export function audienceOf(document: Document): Audience {
  if (/(?:^|[-_./])(?:stage|staging|feature|preview|sandbox|qa|uat)(?:[-_./]|$)/i.test(document.path))
    return 'development';
  return audienceOfPath(document.path) ?? 'production';
}

/** The folder that is pushed: that of the manifest, unless it stands in a folder for such things. */
export function pushedFolder(document: Document, { node }: Application): string {
  const folder = folderOf(document.path);
  const path = string(get(node, 'path'));
  if (path !== undefined) return joinPath(folder, path);
  return /(?:^|\/)(?:manifests?|deploy\w*|cf|cloud\w*|config|infra\w*|ops)$/i.test(folder) ? folderOf(folder) : folder;
}

/** `((name))` is filled in from files of variables, or by hand. */
export function filledIn(text: string): Maybe<string> {
  const hole = /\(\(([^()]{1,100})\)\)/.exec(text)?.[1];
  return hole === undefined ? text : unknown(`the variable ((${hole})) of the manifest`);
}
