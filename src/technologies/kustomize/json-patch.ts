import type { YamlMap, YamlNode } from '../../parse/yaml/node.js';
import { get, isMap, string } from '../../parse/yaml/read.js';
import { DEEPEST, without, withValue } from './edit.js';

/** https://www.rfc-editor.org/rfc/rfc6902: what changes values; `test` changes none, `move` and `copy` hardly anybody writes. */
export function jsonPatch(base: YamlMap, operations: readonly YamlNode[]): YamlMap {
  let patched: YamlNode = base;
  for (const operation of operations) {
    const path = string(get(operation, 'path'));
    const kind = string(get(operation, 'op'));
    const value = get(operation, 'value');
    if (path?.startsWith('/') !== true) continue;
    const steps = path
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (steps.length > DEEPEST) continue;
    if (kind === 'remove') patched = changed(patched, steps, undefined, false);
    else if ((kind === 'add' || kind === 'replace') && value !== undefined)
      patched = changed(patched, steps, value, kind === 'add');
  }
  return isMap(patched) ? patched : base;
}

function changed(
  node: YamlNode,
  [step = '', ...rest]: readonly string[],
  value: YamlNode | undefined,
  inserts: boolean,
): YamlNode {
  const isLast = rest.length === 0;
  if (node.kind === 'map') {
    if (isLast) return value === undefined ? without(node, step) : withValue(node, step, value);
    const inner = get(node, step);
    return inner === undefined ? node : withValue(node, step, changed(inner, rest, value, inserts));
  }
  if (node.kind !== 'list') return node;
  const index = step === '-' ? node.items.length : /^\d{1,6}$/.test(step) ? Number(step) : -1;
  if (index < 0 || index > node.items.length) return node;
  const items = [...node.items];
  if (isLast) {
    if (value === undefined) items.splice(index, 1);
    else items.splice(index, inserts ? 0 : 1, value);
  } else {
    const inner = items[index];
    if (inner === undefined) return node;
    items[index] = changed(inner, rest, value, inserts);
  }
  return { ...node, items };
}
