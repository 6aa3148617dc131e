import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, pairs, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** One option of an environment, in its namespace. */
export interface Option {
  readonly namespace: string;
  readonly name: string;
  readonly pair: YamlPair;
}

/** Both ways to write them: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions-optionsettings.html */
export function optionsOf({ tree: { documents } }: Document<YamlTree>): Option[] {
  const settings = get(documents[0], 'option_settings');
  const listed = items(settings).flatMap((entry): Option[] => {
    const name = string(get(entry, 'option_name'));
    const value = pair(entry, 'value');
    const namespace = string(get(entry, 'namespace')) ?? 'aws:elasticbeanstalk:application:environment';
    return name === undefined || value === undefined ? [] : [{ namespace, name, pair: value }];
  });
  const mapped = pairs(settings).flatMap(({ key, value }) =>
    pairs(value).map((one): Option => ({ namespace: key, name: one.key, pair: one })),
  );
  return [...listed, ...mapped];
}

export function find(options: readonly Option[], namespace: string, name: string): YamlPair | undefined {
  return options.findLast((one) => one.namespace === namespace && one.name === name)?.pair;
}

/** The folder of the application: that which `.ebextensions` stands in. */
export function rootOf(document: Document): string {
  return folderOf(folderOf(document.path));
}

export function nameOf(document: Document): string {
  return rootOf(document).replace(/^.*\//, '') || 'application';
}

export function unitOf(document: Document): string {
  return joinPath('elastic-beanstalk', `${rootOf(document)}/${nameOf(document)}`);
}

/** All files of one folder set variables of one environment. */
export function variablesOf(document: Document): string {
  return `unit:${unitOf(document)}/${nameOf(document)}`;
}

export function textOf(node: YamlNode | undefined): string | undefined {
  return string(node)?.trim();
}
