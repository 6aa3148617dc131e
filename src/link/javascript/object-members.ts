import type { TSESTree } from '@typescript-eslint/types';
import { absentPoint, unknownPoint, type Engine, type Point, type RepositoryPoint } from './engine.js';
import { exportWrites } from './exports.js';
import { returnsOf } from './follow-call.js';
import { assignedMembers } from './member-writes.js';
import { isExports, keyName } from './syntax.js';

/** What a key of an object that is written out leads to: the last one counts, and what is assigned to it later. */
export function objectMember(js: Engine, point: RepositoryPoint, name: string): readonly Point[] {
  const { at, frame } = point;
  const { module } = at;
  const node = at.node as TSESTree.ObjectExpression;
  const written = writesTo(js, point, name);
  const found: Point[] = [];
  for (const property of node.properties.toReversed()) {
    if (property.type === 'SpreadElement') {
      const inner = js.follow({ module, node: property.argument }, frame).flatMap((one) => js.memberOf(one, name));
      const there = inner.filter((one) => !(one.kind === 'unknown' && one.absent === true));
      found.push(...there);
      if (there.length > 0 && there.length === inner.length && there.every(isCertain)) return [...written, ...found];
      continue;
    }
    const key = keyName(property.key, property.computed) ?? computedKey(js, point, property);
    if (key === undefined) {
      found.push(unknownPoint('a computed key may be it'));
      continue;
    }
    if (key !== name) continue;
    if (property.kind === 'get' && property.value.type === 'FunctionExpression')
      found.push(...returnsOf(js, { module, node: property.value }, frame));
    else found.push(...js.follow({ module, node: property.value }, frame));
    return [...written, ...found];
  }
  const all = [...written, ...found];
  return all.length > 0
    ? found.length > 0 || written.length > 0
      ? all
      : all
    : [absentPoint(`there is no key ${name}`)];
}

/** What a package gives may have the key or not. */
function isCertain(point: Point): boolean {
  return point.kind === 'repository' && point.steps.length === 0;
}

function computedKey(js: Engine, { at, frame }: RepositoryPoint, property: TSESTree.Property): string | undefined {
  const value = js.evaluate({ module: at.module, node: property.key }, frame);
  return value.kind === 'str' || value.kind === 'int' ? String(value.value) : undefined;
}

function writesTo(js: Engine, { at, frame }: RepositoryPoint, name: string): Point[] {
  const index = js.graph.index(at.module.path);
  const { parent } = at.node;
  const whole = parent?.type === 'AssignmentExpression' && isExports(parent.left);
  return [...assignedMembers(js, at, name), ...(whole && index !== undefined ? exportWrites(index, name) : [])].flatMap(
    (one) => js.follow(one, frame),
  );
}
