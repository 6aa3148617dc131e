import type { TSESTree } from '@typescript-eslint/types';
import type { Engine, Frame, Point } from './engine.js';
import type { Placed } from './javascript-program.js';
import { exportWrites } from './exports.js';
import { assignedMembers } from './member-writes.js';
import { isExports, keyName } from './syntax.js';

/** Objects may be spread into each other, and into themselves. */
const MOST_OBJECTS = 200;

interface Looked {
  objects: number;
}

type Option = Placed<TSESTree.Expression> | 'absent' | undefined;

/** The expression behind a key of an object; where branches give several objects, all must agree that it is absent. */
export function optionOf(
  js: Engine,
  object: Placed | undefined,
  key: string,
  frame?: Frame,
  looked: Looked = { objects: 0 },
): Option {
  if (object === undefined) return 'absent';
  if (++looked.objects > MOST_OBJECTS) return undefined;
  const options = js.follow(object, frame).map((point) => ofPoint(js, point, key, looked));
  const [first] = options;
  if (options.length === 1) return first;
  if (options.every((one) => one === 'absent')) return 'absent';
  return undefined;
}

function ofPoint(js: Engine, point: Point, key: string, looked: Looked): Option {
  if (point.kind === 'unknown') return point.absent === true ? 'absent' : undefined;
  if (point.kind === 'package') {
    // Object.assign({}, a, b)
    const isAssign = point.package === 'node:global' && point.steps.join('.') === 'Object.assign.()';
    if (!isAssign || point.call === undefined) return undefined;
    const { call, frame } = point;
    for (const argument of call.node.arguments.toReversed()) {
      const found = optionOf(js, { module: call.module, node: argument }, key, frame, looked);
      if (found !== 'absent') return found;
    }
    return 'absent';
  }
  const { at, frame } = point;
  const { module, node } = at;
  if (point.steps.length > 0) return undefined;
  if (node.type === 'Literal') return 'absent';
  if (node.type !== 'ObjectExpression') return undefined;
  const written = assignedMembers(js, at, key);
  const index = js.graph.index(module.path);
  if (node.parent.type === 'AssignmentExpression' && isExports(node.parent.left) && index !== undefined)
    written.push(...exportWrites(index, key));
  if (written.length === 1) return written[0] as Placed<TSESTree.Expression>;
  if (written.length > 1) return undefined;
  for (const property of node.properties.toReversed()) {
    if (property.type === 'SpreadElement') {
      const found = optionOf(js, { module, node: property.argument }, key, frame, looked);
      if (found !== 'absent') return found;
      continue;
    }
    const name = keyName(property.key, property.computed);
    if (name === key) return { module, node: property.value as TSESTree.Expression };
    if (name !== undefined) continue;
    const value = js.evaluate({ module, node: property.key }, frame);
    if (value.kind !== 'str' && value.kind !== 'int') return undefined;
    if (String(value.value) === key) return { module, node: property.value as TSESTree.Expression };
  }
  return 'absent';
}
