import type { YamlMap, YamlNode } from '../../parse/yaml/node.js';
import { get, isMap, items, pairs, string } from '../../parse/yaml/read.js';
import { jsonPatch } from './json-patch.js';
import { kindOf, nameOf, type Built } from './kubernetes-object.js';
import { strategicMerge } from './strategic-merge.js';

/** One patch: a map that is laid over what it names, or a list of operations. */
export interface Patch {
  readonly body: YamlNode;
  /** What it is for; else it names its object itself. */
  readonly target: YamlNode | undefined;
}

export function patched(objects: readonly Built[], { body, target }: Patch): Built[] {
  return objects.flatMap((object): Built[] => {
    if (!isTarget(object, body, target)) return [object];
    if (body.kind === 'list') return [{ ...object, node: jsonPatch(object.node, body.items) }];
    if (!isMap(body)) return [object];
    const merged = strategicMerge(object.node, named(body, object));
    return merged === undefined ? [] : [{ ...object, node: merged }];
  });
}

/** What a patch says of the name of its object only finds it. */
function named(body: YamlMap, { node }: Built): YamlMap {
  const metadata = get(body, 'metadata');
  const own = get(node, 'metadata');
  if (!isMap(metadata) || !isMap(own)) return body;
  const kept = metadata.pairs.filter(({ key }) => key !== 'name' && key !== 'namespace');
  const rest = body.pairs.filter(({ key }) => key !== 'metadata' && key !== 'kind' && key !== 'apiVersion');
  const entry = body.pairs.find(({ key }) => key === 'metadata');
  return {
    ...body,
    pairs:
      entry === undefined || kept.length === 0 ? rest : [...rest, { ...entry, value: { ...metadata, pairs: kept } }],
  };
}

function isTarget(object: Built, body: YamlNode, target: YamlNode | undefined): boolean {
  if (target === undefined) {
    const name = string(get(body, 'metadata', 'name'));
    return kindOf(object) === string(get(body, 'kind')) && name !== undefined && object.names.includes(name);
  }
  const [kind, name, group] = [get(target, 'kind'), get(target, 'name'), get(target, 'group')].map(string);
  const selector = string(get(target, 'labelSelector'));
  const version = string(get(object.node, 'apiVersion')) ?? '';
  return (
    (kind === undefined || isLike(kindOf(object), kind)) &&
    (name === undefined || [...object.names, nameOf(object)].some((one) => isLike(one, name))) &&
    (group === undefined || isLike(version.includes('/') ? version.slice(0, version.indexOf('/')) : '', group)) &&
    (selector === undefined || selects(selector, get(object.node, 'metadata', 'labels'))) &&
    get(target, 'annotationSelector') === undefined
  );
}

/** Targets are anchored regular expressions; of these only alternatives and `.*` are read, which is what people write. */
function isLike(text: string, pattern: string): boolean {
  return pattern
    .replace(/^\^?\(?|\)?\$?$/g, '')
    .split('|')
    .some((one) => {
      const parts = one.split(/\.[*+]/);
      const [first = ''] = parts;
      if (parts.length === 1) return text === first;
      if (!text.startsWith(first)) return false;
      let at = first.length;
      for (const part of parts.slice(1)) {
        const found = text.indexOf(part, at);
        if (found < 0) return false;
        at = found + part.length;
      }
      return text.endsWith(parts.at(-1) ?? '');
    });
}

function selects(selector: string, labels: YamlNode | undefined): boolean {
  const own = new Map(pairs(labels).map(({ key, value }) => [key, string(value) ?? '']));
  return selector.split(',').every((term) => {
    const [name = '', value] = term.split(/==?/, 2).map((one) => one.trim());
    return value === undefined ? own.has(name) : own.get(name) === value;
  });
}

/** The documents of a patch file; a list of operations is one. */
export function bodiesOf(documents: readonly YamlNode[]): readonly YamlNode[] {
  return documents.filter((node) => isMap(node) || items(node).length > 0);
}
