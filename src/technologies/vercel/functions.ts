import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** A whole application that is built into one function: https://vercel.com/docs/project-configuration#builds */
export interface BuiltFunction {
  readonly name: string;
  /** Path of its entry, below the folder of the file. */
  readonly entry: string;
  readonly place: YamlPair;
  readonly language: 'node' | 'python';
}

export function functionsOf({ tree: { documents } }: Document<YamlTree>): BuiltFunction[] {
  return items(get(documents[0], 'builds')).flatMap((build: YamlNode): BuiltFunction[] => {
    const place = pair(build, 'src');
    const entry = string(place?.value);
    const language = /^@[\w-]{1,40}\/(?:vercel-)?(node|python)(?:-server|-wsgi|-asgi)?(?:@|$)/.exec(
      string(get(build, 'use')) ?? '',
    )?.[1];
    if (place === undefined || entry === undefined || language === undefined || entry.includes('*')) return [];
    const name = entry.replace(/^.*\//, '').replace(/\.\w+$/, '');
    return [{ name, entry: entry.replace(/^\.?\//, ''), place, language: language === 'node' ? 'node' : 'python' }];
  });
}

export function unitOf(document: Document, { name }: BuiltFunction): string {
  return joinPath('vercel', `${folderOf(document.path)}/${name}`);
}

export function variablesOf(document: Document): string {
  return `platform:${document.path}`;
}
