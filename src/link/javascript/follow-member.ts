import type { TSESTree } from '@typescript-eslint/types';
import { declaredMember } from './declared-types.js';
import { absentPoint, unknownPoint, type Engine, type Frame, type Point, type RepositoryPoint } from './engine.js';
import { instanceMember, staticMember } from './class-members.js';
import { exportWrites } from './exports.js';
import { noExport } from './follow-module.js';
import { packageMember } from './globals.js';
import type { Placed } from './javascript-program.js';
import { assignedMembers } from './member-writes.js';
import { objectMember } from './object-members.js';
import { answersNamed, once } from './once.js';
import { isClass, isExports, isFunction, keyName } from './syntax.js';

export function followMember(
  js: Engine,
  { module, node }: Placed<TSESTree.MemberExpression>,
  frame: Frame | undefined,
): readonly Point[] {
  if (isExports(node) && node.type === 'MemberExpression' && isFree(js, { module, node: node.object })) {
    const index = js.graph.index(module.path);
    if (index !== undefined) return [{ kind: 'repository', at: { module, node: module.document.tree }, steps: [] }];
  }
  if (node.object.type === 'MetaProperty') return [{ kind: 'repository', at: { module, node }, steps: [] }];
  const name = memberName(js, { module, node }, frame);
  const objects =
    node.object.type === 'Super'
      ? superclass(js, { module, node }, frame)
      : js.follow({ module, node: node.object }, frame);
  if (name === undefined)
    return objects.map((point) =>
      point.kind === 'package' ? { ...point, steps: [...point.steps, '*'] } : unknownPoint('a computed member'),
    );
  const points = objects.flatMap((point) => js.memberOf(point, name));
  if (js.types === undefined || node.object.type === 'Super' || !points.every(isOpen)) return points;
  const told = js
    .types({ module, node: node.object }, name)
    .flatMap((point) => js.memberOf(point, name))
    .filter((point) => point.kind !== 'unknown');
  return told.length > 0 ? told : points;
}

/** Whether types could tell more: nobody knows what it is, or only that it comes out of a container of the language. */
function isOpen(point: Point): boolean {
  if (point.kind === 'unknown') return true;
  const called = point.steps.slice(0, -1).some((step) => step === '()' || step.startsWith('=>'));
  return called && (point.kind === 'repository' || point.package === 'node:global');
}

function superclass(js: Engine, { module, node }: Placed, frame: Frame | undefined): readonly Point[] {
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent)
    if (isClass(at) && at.superClass !== null)
      return js
        .follow({ module, node: at.superClass }, frame)
        .map((point) => (point.kind === 'unknown' ? point : { ...point, steps: [...point.steps, 'new'] }));
  return [unknownPoint('super')];
}

function isFree(js: Engine, place: Placed): boolean {
  const variable = js.graph.scopes(place.module).variableOf(place.node);
  return variable === undefined || variable.defs.length === 0;
}

function memberName(
  js: Engine,
  { module, node }: Placed<TSESTree.MemberExpression>,
  frame: Frame | undefined,
): string | undefined {
  const name = keyName(node.property, node.computed);
  if (name !== undefined) return name;
  const value = js.evaluate({ module, node: node.property }, frame);
  return value.kind === 'str' || value.kind === 'int' ? String(value.value) : undefined;
}

/** A member of something; `*` for any item of a list. */
export function memberOfPoint(js: Engine, point: Point, name: string): readonly Point[] {
  if (point.kind === 'unknown') return [point.absent === true ? absentPoint(point.reason, point.variables) : point];
  if (point.kind === 'package') return [packageMember(point, name)];
  const found = once<readonly Point[]>(
    js.asking,
    answersNamed(point.frame?.members ?? js.members, [...point.steps, name]),
    point.at.node,
    (reason) => [unknownPoint(reason)],
    () => ofRepository(js, point, name),
  );
  const { variables } = point;
  return variables === undefined
    ? found
    : found.map((one) => ({ ...one, variables: [...new Set([...variables, ...(one.variables ?? [])])].sort() }));
}

function ofRepository(js: Engine, point: RepositoryPoint, name: string): readonly Point[] {
  const { at, steps } = point;
  const { module, node } = at;
  const [first] = steps;
  const rest = (): Point[] => [{ ...point, steps: [...steps, name] }];
  if (steps.length > 1 || (first !== undefined && first !== 'new')) return rest();
  if (first === 'new') {
    if (isClass(node) || isFunction(node)) return instanceMember(js, point, name);
    return node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeLiteral'
      ? declaredMember(js, at, name)
      : rest();
  }
  switch (node.type) {
    case 'Program': {
      const index = js.graph.index(module.path);
      return index === undefined ? [noExport(name)] : js.exported(index, name);
    }
    case 'ObjectExpression':
      return objectMember(js, point, name);
    case 'ArrayExpression': {
      if (!/^(?:\d+|\*)$/.test(name)) return rest();
      const all = node.elements.filter((one) => one !== null);
      if (all.some((one) => one.type === 'SpreadElement')) return [unknownPoint('an item of a list')];
      const chosen = name === '*' ? all : given(node.elements[Number(name)]);
      return chosen.length === 0
        ? [absentPoint('there is no such item')]
        : chosen.flatMap((one) => js.follow({ module, node: one }, point.frame));
    }
    case 'ClassDeclaration':
    case 'ClassExpression':
      return staticMember(js, point, name);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      if (name === 'bind' || name === 'call' || name === 'apply') return rest();
      const index = js.graph.index(module.path);
      const written = [
        ...assignedMembers(js, at, name),
        ...(index === undefined || !isExported(at) ? [] : exportWrites(index, name)),
      ];
      return written.length === 0 ? rest() : written.flatMap((one) => js.follow(one, point.frame));
    }
    default:
      return rest();
  }
}

function isExported({ node }: Placed): boolean {
  return node.parent?.type === 'AssignmentExpression' && isExports(node.parent.left);
}

function given<T>(value: T | null | undefined): T[] {
  return value === undefined || value === null ? [] : [value];
}
