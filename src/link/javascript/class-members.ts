import type { TSESTree } from '@typescript-eslint/types';
import { declaredType } from './declared-types.js';
import { absentPoint, type Engine, type Frame, type Point, type RepositoryPoint } from './engine.js';
import { returnsOf } from './follow-call.js';
import { implementedMember } from './implemented-member.js';
import type { Placed } from './javascript-program.js';
import { assignedMembers } from './member-writes.js';
import { followParameter } from './parameters.js';
import { isClass, isFunction, keyName } from './syntax.js';

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

export function staticMember(js: Engine, { at, frame }: RepositoryPoint, name: string): readonly Point[] {
  const { module } = at;
  const node = at.node as ClassNode;
  const points = assignedMembers(js, at, name).flatMap((one) => js.follow(one, frame));
  for (const member of node.body.body)
    if (
      (member.type === 'PropertyDefinition' || member.type === 'MethodDefinition') &&
      member.static &&
      keyName(member.key, member.computed) === name
    )
      points.push(...ofMember(js, { module, node: member }, frame));
  if (points.length > 0) return points;
  if (name === 'prototype') return [{ kind: 'repository', at, steps: ['new'], frame }];
  return node.superClass === null
    ? [absentPoint(`there is no static ${name}`)]
    : js.follow({ module, node: node.superClass }, frame).flatMap((point) => js.memberOf(point, name));
}

/** A member of an object of a class, or of a function that is called with `new`. */
export function instanceMember(js: Engine, point: RepositoryPoint, name: string): readonly Point[] {
  const { at, frame } = point;
  const { module, node } = at;
  const points: Point[] = [];
  const index = js.graph.index(module.path);
  for (const { left, right } of index?.memberWrites ?? [])
    if (
      left.type === 'MemberExpression' &&
      left.object.type === 'ThisExpression' &&
      left.range[0] > node.range[0] &&
      left.range[1] < node.range[1] &&
      keyName(left.property, left.computed) === name &&
      ownerOfThis(left.object) === node
    )
      points.push(...js.follow({ module, node: right }, frame));
  if (!isClass(node)) {
    const prototype = prototypeMembers(js, at, name);
    return [...points, ...prototype].length > 0 ? [...points, ...prototype] : [absentPoint(`there is no ${name}`)];
  }
  let typed: TSESTree.Node | undefined;
  for (const member of node.body.body) {
    if (member.type === 'MethodDefinition' && member.kind === 'constructor')
      for (const param of member.value.params) {
        if (param.type !== 'TSParameterProperty') continue;
        const { parameter } = param;
        const own = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
        if (own.type === 'Identifier' && own.name === name)
          points.push(...followParameter(js, module, own, member.value, frame));
      }
    if (!('key' in member) || member.static || keyName(member.key, member.computed) !== name) continue;
    if (member.type === 'PropertyDefinition' && member.value === null) typed = member;
    else if (member.type === 'PropertyDefinition' || member.type === 'MethodDefinition')
      points.push(...ofMember(js, { module, node: member }, frame));
    else typed = member;
  }
  if (points.some((one) => one.kind !== 'unknown')) return points;
  if (typed !== undefined) {
    const implemented = typed.type.startsWith('TSAbstract') ? implementedMember(js, node, name) : [];
    if (implemented.length > 0) return implemented;
    const told = declaredType(js, module, typed);
    if (told.length > 0) return told;
  }
  if (points.length > 0) return points;
  if (node.superClass === null) return [absentPoint(`there is no ${name}`)];
  return js
    .follow({ module, node: node.superClass }, undefined)
    .flatMap((parent): readonly Point[] =>
      parent.kind === 'unknown' ? [parent] : js.memberOf({ ...parent, steps: [...parent.steps, 'new'] }, name),
    );
}

function ofMember(
  js: Engine,
  { module, node }: Placed<TSESTree.PropertyDefinition | TSESTree.MethodDefinition>,
  frame: Frame | undefined,
): readonly Point[] {
  if (node.type === 'MethodDefinition')
    return node.kind === 'get' && node.value.type === 'FunctionExpression'
      ? returnsOf(js, { module, node: node.value }, frame)
      : node.kind === 'set'
        ? []
        : [{ kind: 'repository', at: { module, node: node.value }, steps: [], frame }];
  return node.value === null ? [] : js.follow({ module, node: node.value }, frame);
}

/** `Fn.prototype.name = ...`, `Fn.prototype = { name }`. */
function prototypeMembers(js: Engine, at: Placed, name: string): readonly Point[] {
  const { module, node } = at;
  const index = js.graph.index(module.path);
  if (index === undefined || !isFunction(node)) return [];
  const whole = assignedMembers(js, at, 'prototype').flatMap((one) => js.follow(one, undefined));
  const single = index.memberWrites.flatMap(({ left, right }): readonly Point[] => {
    if (left.type !== 'MemberExpression' || left.object.type !== 'MemberExpression') return [];
    if (
      keyName(left.property, left.computed) !== name ||
      keyName(left.object.property, left.object.computed) !== 'prototype'
    )
      return [];
    const isOwn = js
      .follow({ module, node: left.object.object }, undefined)
      .some((point) => point.kind === 'repository' && point.at.node === node);
    return isOwn ? js.follow({ module, node: right }, undefined) : [];
  });
  return [...single, ...whole.flatMap((point) => js.memberOf(point, name))].filter((point) => point.kind !== 'unknown');
}

/** The class, object or function that `this` means by where it stands. */
export function ownerOfThis(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at.type === 'PropertyDefinition' || at.type === 'StaticBlock') return at.parent.parent;
    if (at.type !== 'FunctionDeclaration' && at.type !== 'FunctionExpression') continue;
    const { parent }: { parent?: TSESTree.Node } = at;
    if (parent?.type === 'MethodDefinition') return parent.parent.parent;
    if (parent?.type === 'Property') return parent.parent;
    return at;
  }
  return undefined;
}
