import type { YamlNode } from '../../parse/yaml/node.js';
import { string, get } from '../../parse/yaml/read.js';
import { bound, type Worker } from './worker.js';

/** An image that a worker starts instances of. */
export interface Container {
  readonly name: string;
  readonly node: YamlNode;
  readonly unit: string;
}

export function containersOf(worker: Worker): Container[] {
  return bound(worker, 'containers').map((node) => {
    const name = string(get(node, 'name')) ?? string(get(node, 'class_name')) ?? `${worker.name}-container`;
    return { name, node, unit: `${worker.unit}/${name}` };
  });
}
