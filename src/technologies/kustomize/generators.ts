import { lineStarts } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { YamlMap, YamlNode } from '../../parse/yaml/node.js';
import { get, isMap, items, pairs, string } from '../../parse/yaml/read.js';
import { joinPath } from '../../repository-path.js';
import { withPath } from './edit.js';
import { kindOf, type Built } from './kubernetes-object.js';
import { mapAt, scalarAt } from './stamp.js';

/** Entries of one generated object beyond this are left out. */
const MOST_ENTRIES = 500;

type Read = (path: string) => string | undefined;

/** The ConfigMaps and Secrets that are made of literals and files. The part of the name that says their contents is left out, everywhere alike. */
export function generated(kustomization: YamlNode, folder: string, objects: readonly Built[], read: Read): Built[] {
  let result = [...objects];
  for (const [field, kind, data] of [
    ['configMapGenerator', 'ConfigMap', 'data'],
    ['secretGenerator', 'Secret', 'stringData'],
  ] as const) {
    for (const entry of items(get(kustomization, field))) {
      const name = get(entry, 'name');
      const text = string(name);
      if (name === undefined || text === undefined) continue;
      const made = entriesOf(entry, folder, read).slice(0, MOST_ENTRIES);
      const before = result.find((one) => kindOf(one) === kind && one.names.includes(text));
      if (before !== undefined && string(get(entry, 'behavior')) === 'merge') {
        const node = made.reduce((map, [key, value]) => withPath(map, [data, key], value), before.node);
        result = result.map((one) => (one === before ? { ...one, node } : one));
        continue;
      }
      const namespace = get(entry, 'namespace');
      const metadata = mapAt(
        [['name', name], ...(namespace === undefined ? [] : [['namespace', namespace] as const])],
        name,
      );
      const node: YamlMap = mapAt(
        [
          ['apiVersion', scalarAt('v1', name)],
          ['kind', scalarAt(kind, name)],
          ['metadata', metadata],
          [data, mapAt(made, name)],
        ],
        name,
      );
      result = [...result.filter((one) => one !== before), { node, names: [text] }];
    }
  }
  return result;
}

function entriesOf(entry: YamlNode, folder: string, read: Read): [string, YamlNode][] {
  const entries: [string, YamlNode][] = [];
  for (const literal of items(get(entry, 'literals'))) {
    const text = string(literal) ?? '';
    const at = text.indexOf('=');
    if (at > 0) entries.push([text.slice(0, at), scalarAt(unquoted(text.slice(at + 1)), literal)]);
  }
  for (const file of items(get(entry, 'files'))) {
    const text = string(file) ?? '';
    const [, key, path = ''] = /^(?:([^=]*)=)?(.*)$/.exec(text) ?? [];
    const content = read(joinPath(folder, path));
    if (content !== undefined) entries.push([key ?? path.replace(/^.*\//, ''), scalarAt(content, file)]);
  }
  for (const file of [...items(get(entry, 'envs')), get(entry, 'env')]) {
    const path = string(file);
    const content = path === undefined ? undefined : read(joinPath(folder, path));
    if (path !== undefined && content !== undefined) entries.push(...variablesOf(joinPath(folder, path), content));
  }
  const seen = new Map(entries);
  return [...seen];
}

function unquoted(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && /["']/.test(text.charAt(start))) start++;
  while (end > start && /["']/.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Lines of `NAME=value`, taken as they are. */
function variablesOf(path: string, text: string): [string, YamlNode][] {
  const lines = lineStarts(text);
  const document: Document = { path, language: 'text', text, lines, tree: undefined, comments: [] };
  return lines.slice(0, MOST_ENTRIES).flatMap((start, i): [string, YamlNode][] => {
    const line = text.slice(start, lines[i + 1] ?? text.length).trimEnd();
    const at = line.indexOf('=');
    if (at <= 0 || line.trimStart().startsWith('#')) return [];
    const place = { start: start + at + 1, end: start + line.length, in: document };
    return [[line.slice(0, at).trim(), scalarAt(line.slice(at + 1), place)]];
  });
}

/** The objects of a file: those of lists one by one. */
export function objectsIn(node: YamlNode, depth = 0): Built[] {
  if (!isMap(node) || depth > 5) return [];
  const kind = string(get(node, 'kind')) ?? '';
  if (kind.endsWith('List') && get(node, 'items') !== undefined)
    return items(get(node, 'items')).flatMap((item) => objectsIn(item, depth + 1));
  const name = string(get(node, 'metadata', 'name'));
  return kind === '' || name === undefined || pairs(node).length === 0 ? [] : [{ node, names: [name] }];
}
