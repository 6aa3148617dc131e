import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Attribute, ClassDef, Expression } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { metaModel } from './handed.js';
import type { Held, HeldBy, QuerySet, Row } from './held.js';
import { modelClass } from './managers.js';
import type { Model } from './models.js';
import { joinedRows } from './joined-rows.js';
import { isNothing, givenBy, returnedBy } from './returned-rows.js';
import { isProperty } from './is-property.js';
import { rowMemo } from './row-memo.js';

/** Lines that give one attribute, of all methods of a class and those above it. */
const MOST = 6;

export function isSelf(node: Expression): boolean {
  return node.type === 'Name' && node.id === 'self';
}

/** The nearest class around a place, where that is a method. */
function ownerAround({ pythonCode }: Program, place: PythonPlace): PythonPlace<ClassDef> | undefined {
  for (const fn of pythonCode.functionsAround(place)) {
    const owner = pythonCode.ownerOf({ module: place.module, node: fn });
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** The list of a view: what its `get_queryset` gives, its `queryset`, or everything of its `model`. */
export function ofView(program: Program, place: PythonPlace, depth: number, heldBy: HeldBy): QuerySet | undefined {
  const view = ownerAround(program, place);
  return view === undefined ? undefined : listedBy(program, view, depth, heldBy);
}

/** The same of its class. */
export function listedBy(
  program: Program,
  view: PythonPlace<ClassDef>,
  depth: number,
  heldBy: HeldBy,
): QuerySet | undefined {
  const { pythonCode } = program;
  const method = pythonCode.member(view, 'get_queryset');
  if (method?.definition.kind === 'function')
    return returnedBy(program, { module: method.owner.module, node: method.definition.node }, depth, heldBy);
  const list = pythonCode.member(view, 'queryset');
  if (list?.definition.kind === 'value') {
    const held = heldBy({ module: list.owner.module, node: list.definition.node }, depth + 1);
    return held?.kind === 'queryset' ? held : undefined;
  }
  const all = modelOf(program, view);
  return all === undefined ? undefined : { ...all, filtered: false };
}

function modelOf(program: Program, view: PythonPlace<ClassDef>): QuerySet | undefined {
  const model = program.pythonCode.member(view, 'model');
  return model?.definition.kind === 'value'
    ? modelClass(program, { module: model.owner.module, node: model.definition.node })
    : undefined;
}

/** `self.queryset` within `get_queryset()`: what the class says. */
export function ownQuery(program: Program, place: PythonPlace, depth: number, heldBy: HeldBy): QuerySet | undefined {
  const view = ownerAround(program, place);
  const list = view === undefined ? undefined : program.pythonCode.member(view, 'queryset');
  if (list?.definition.kind !== 'value') return undefined;
  const held = heldBy({ module: list.owner.module, node: list.definition.node }, depth + 1);
  return held?.kind === 'queryset' ? held : undefined;
}

/** `super().get_queryset()` of a view: its `queryset`, or everything of its `model`. */
export function inherited(program: Program, place: PythonPlace, depth: number, heldBy: HeldBy): QuerySet | undefined {
  const { pythonCode } = program;
  const view = ownerAround(program, place);
  if (view === undefined) return undefined;
  const [, ...above] = pythonCode.ancestry(view).own;
  for (const one of above) {
    const method = pythonCode.member(one, 'get_queryset');
    if (method?.definition.kind === 'function')
      return returnedBy(program, { module: method.owner.module, node: method.definition.node }, depth + 1, heldBy);
  }
  const list = pythonCode.member(view, 'queryset');
  if (list?.definition.kind === 'value') {
    const held = heldBy({ module: list.owner.module, node: list.definition.node }, depth + 1);
    return held?.kind === 'queryset' ? held : undefined;
  }
  const all = modelOf(program, view);
  return all === undefined ? undefined : { ...all, filtered: false };
}

/** `self.object` of a view of one row, `self.instance` of a form or serialiser. */
export function ownRow(
  program: Program,
  place: PythonPlace<Attribute>,
  depth: number,
  heldBy: HeldBy,
): Row | undefined {
  const { attr } = place.node;
  if (!/^(?:object|instance)$/.test(attr)) return undefined;
  const owner = ownerAround(program, place);
  if (owner === undefined) return undefined;
  const model: Model | undefined =
    attr === 'object' ? listedBy(program, owner, depth + 1, heldBy)?.model : metaModel(program, owner);
  return model === undefined ? undefined : { kind: 'row', model, from: undefined, path: [] };
}

/** `self.books`: what a property gives, the class says, or methods of it set, where all that is followed agrees. */
export function ownAttribute(
  program: Program,
  place: PythonPlace<Attribute>,
  depth: number,
  heldBy: HeldBy,
): Held | undefined {
  const owner = ownerAround(program, place);
  if (owner === undefined) return undefined;
  const { attr } = place.node;
  const member = program.pythonCode.member(owner, attr);
  if (member?.definition.kind === 'function') {
    if (!isProperty(member.definition.node)) return undefined;
    const given = givenBy(program, { module: member.owner.module, node: member.definition.node }, depth + 1, heldBy);
    return given?.kind === 'queryset' ? { ...given, handed: true } : given;
  }
  const known = rowMemo(program, 'django:own-attributes', () => new Map<ClassDef, Map<string, Held | undefined>>());
  const ofClass = known.get(owner.node) ?? new Map<string, Held | undefined>();
  known.set(owner.node, ofClass);
  if (ofClass.has(attr)) return ofClass.get(attr);
  ofClass.set(attr, undefined);
  const given = program.pythonCode
    .ancestry(owner)
    .own.flatMap((one) => (setBy(program, one).get(attr) ?? []).map((node) => ({ module: one.module, node })));
  if (member?.definition.kind === 'value') given.push({ module: member.owner.module, node: member.definition.node });
  const held = ofAll(
    given.filter(({ node }) => !isNothing(node)),
    depth,
    heldBy,
  );
  ofClass.set(attr, held);
  return held;
}

function ofAll(given: readonly PythonPlace<Expression>[], depth: number, heldBy: HeldBy): Held | undefined {
  if (given.length === 0 || given.length > MOST) return undefined;
  const held = given.map((one) => heldBy(one, depth + 2));
  const rows = held.filter((one) => one?.kind === 'row');
  const [row] = rows;
  if (row !== undefined)
    return rows.length === held.length && rows.every((one) => one.model === row.model)
      ? { kind: 'row', model: row.model, from: undefined, path: [] }
      : undefined;
  const all = joinedRows(held);
  return all === undefined ? undefined : { ...all, handed: true };
}

/** What the methods of a class set attributes of its objects to. */
function setBy(program: Program, { node: of }: PythonPlace<ClassDef>): ReadonlyMap<string, readonly Expression[]> {
  const known = rowMemo(
    program,
    'django:set-attributes',
    () => new Map<ClassDef, ReadonlyMap<string, readonly Expression[]>>(),
  );
  const before = known.get(of);
  if (before !== undefined) return before;
  const found = new Map<string, Expression[]>();
  known.set(of, found);
  for (const method of of.body)
    if (method.type === 'FunctionDef')
      walkPython(method, (node) => {
        const [target] = node.type === 'Assign' ? node.targets : node.type === 'AnnAssign' ? [node.target] : [];
        const value = node.type === 'Assign' || node.type === 'AnnAssign' ? node.value : null;
        if (target?.type !== 'Attribute' || value === null || !isSelf(target.value)) return;
        const all = found.get(target.attr);
        if (all === undefined) found.set(target.attr, [value]);
        else all.push(value);
      });
  return found;
}
