import type { Definition, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import type { Call, ClassDef, Expression, FunctionDef, Name } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { Held, QuerySet, Row } from './held.js';
import { managerOf, modelClass } from './managers.js';
import { modelsOf } from './models.js';
import { afterMethod, rowOf } from './queryset-methods.js';
import { settingsOf } from './settings.js';

const DEEPEST = 20;

/** What an expression holds of the database, as far as it can be told; undefined where it is nothing of that or not known. */
export function heldBy(program: Program, place: PythonPlace<Expression>, depth = 0): Held | undefined {
  if (depth > DEEPEST) return undefined;
  const known = program.memo('django:held', () => new Map<Expression, Held | undefined>());
  // What is asked for while it is answered leads back to itself, and holds nothing that can be told.
  if (known.has(place.node)) return known.get(place.node);
  known.set(place.node, undefined);
  const held = find(program, place, depth);
  known.set(place.node, held);
  return held;
}

function find(program: Program, place: PythonPlace<Expression>, depth: number): Held | undefined {
  const { module, node } = place;
  const at = (part: Expression): PythonPlace<Expression> => ({ module, node: part });
  switch (node.type) {
    case 'Name':
      return named(program, { module, node }, depth);
    case 'Attribute': {
      const manager = managerOf(program, { module, node });
      if (manager !== undefined) return manager;
      if (/^(?:object_list|queryset)$/.test(node.attr) && isSelf(node.value)) return ofView(program, place, depth);
      const base = heldBy(program, at(node.value), depth + 1);
      if (base?.kind === 'row') return related(base, node.attr) ?? ofProperty(program, base, node.attr, depth);
      if (base !== undefined) return undefined;
      return node.attr === 'user' && isRequest(node.value) ? currentUser(program) : reversed(program, node.attr);
    }
    case 'Call':
      return called(program, { module, node }, depth);
    case 'Subscript': {
      if (node.slice.type === 'Constant' && node.slice.value === 'object_list') return ofView(program, place, depth);
      const base = heldBy(program, at(node.value), depth + 1);
      if (base?.kind !== 'queryset') return undefined;
      if (node.slice.type !== 'Slice') return rowOf(base, undefined);
      const { upper } = node.slice;
      const most = upper?.type === 'Constant' && typeof upper.value === 'number' ? upper.value : base.most;
      return { ...base, limited: true, ...(most === undefined ? {} : { most }) };
    }
    case 'Await':
    case 'NamedExpr':
      return heldBy(program, at(node.value), depth + 1);
    default:
      return undefined;
  }
}

function isRequest(node: Expression): boolean {
  return (
    (node.type === 'Name' && node.id === 'request') ||
    (node.type === 'Attribute' && node.attr === 'request' && isSelf(node.value))
  );
}

/** Who asks, where the project has a model of its own for that. */
function currentUser(program: Program): Row | undefined {
  const wanted = text(settingsOf(program)?.get('AUTH_USER_MODEL'))?.split('.').at(-1);
  const model = [...modelsOf(program).values()].find(({ name }) => name === wanted);
  return model === undefined ? undefined : { kind: 'row', model, from: undefined, path: [] };
}

/** `order.line_set` of whatever has one: only rows of that model are reached so. */
function reversed(program: Program, name: string): QuerySet | undefined {
  const wanted = /^(\w+)_set$/.exec(name)?.[1];
  if (wanted === undefined) return undefined;
  const found = [...modelsOf(program).values()].filter((one) => one.name.toLowerCase() === wanted);
  const [model] = found;
  return model === undefined || found.length > 1
    ? undefined
    : {
        kind: 'queryset',
        model,
        brought: new Set(),
        limited: false,
        filtered: true,
        opaque: false,
        ofRow: undefined,
        relation: name,
      };
}

/** A property of a model that gives a query. */
function ofProperty(program: Program, row: Row, name: string, depth: number): QuerySet | undefined {
  const member = program.pythonCode.member(row.model.place, name);
  if (member?.definition.kind !== 'function' || !isProperty(member.definition.node)) return undefined;
  const given = returnedBy(program, { module: member.owner.module, node: member.definition.node }, depth);
  return given === undefined ? undefined : { ...given, ofRow: row, brought: new Set(), opaque: true };
}

export function isProperty(fn: FunctionDef): boolean {
  return fn.decorators.some((one) => one.type === 'Name' && one.id === 'property');
}

function isSelf(node: Expression): boolean {
  return node.type === 'Name' && node.id === 'self';
}

/** The list of a view: what its `get_queryset` gives, its `queryset`, or everything of its `model`. */
export function ofView(program: Program, place: PythonPlace, depth = 0): QuerySet | undefined {
  const { pythonCode } = program;
  const view = pythonCode
    .functionsAround(place)
    .map((fn) => pythonCode.ownerOf({ module: place.module, node: fn }))
    .find((one) => one !== undefined);
  return view === undefined ? undefined : listOf(program, view, depth);
}

/** The same of its class. */
export function listOf(program: Program, view: PythonPlace<ClassDef>, depth = 0): QuerySet | undefined {
  const { pythonCode } = program;
  const method = pythonCode.member(view, 'get_queryset');
  if (method?.definition.kind === 'function')
    return returnedBy(program, { module: method.owner.module, node: method.definition.node }, depth);
  const list = pythonCode.member(view, 'queryset');
  if (list?.definition.kind === 'value') {
    const held = heldBy(program, { module: list.owner.module, node: list.definition.node }, depth + 1);
    return held?.kind === 'queryset' ? held : undefined;
  }
  const model = pythonCode.member(view, 'model');
  if (model?.definition.kind !== 'value') return undefined;
  const all = modelClass(program, { module: model.owner.module, node: model.definition.node });
  return all === undefined ? undefined : { ...all, filtered: false };
}

/** What a function gives; asked once, as functions that call each other would be asked over and over. */
function returnedBy(program: Program, fn: PythonPlace<FunctionDef>, depth: number): QuerySet | undefined {
  if (depth > DEEPEST) return undefined;
  const known = program.memo('django:returned', () => new Map<FunctionDef, QuerySet | undefined>());
  if (known.has(fn.node)) return known.get(fn.node);
  known.set(fn.node, undefined);
  const given = resultOf(program, fn, depth);
  known.set(fn.node, given);
  return given;
}

/** Where all that it returns is the same query but for what narrows it. */
function resultOf(program: Program, fn: PythonPlace<FunctionDef>, depth: number): QuerySet | undefined {
  const results: Expression[] = [];
  for (const statement of fn.node.body)
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda' || node.type === 'ClassDef') return false;
      if (node.type === 'Return' && node.value !== null) results.push(node.value);
      return true;
    });
  const held = results.map((node) => heldBy(program, { module: fn.module, node }, depth + 2));
  const all = held.filter((one) => one?.kind === 'queryset');
  // What is returned for nobody or for a schema alone says nothing.
  const sets = all.filter((one) => one.empty !== true);
  const [first] = sets;
  if (first === undefined || all.length < held.length || sets.some((one) => one.model !== first.model))
    return undefined;
  const brought = [...first.brought].filter((name) => sets.every((one) => one.brought.has(name)));
  return {
    ...first,
    brought: new Set(brought),
    filtered: sets.some((one) => one.filtered),
    opaque: sets.some((one) => one.opaque),
  };
}

/** What an attribute of a row leads to. */
function related(row: Row, name: string): Held | undefined {
  const relation = row.model.relations.get(name);
  if (relation?.target === undefined) return undefined;
  if (relation.to === 'one') return { kind: 'row', model: relation.target, from: row.from, path: [...row.path, name] };
  if (relation.to !== 'many') return undefined;
  return {
    kind: 'queryset',
    model: relation.target,
    // Rows that are reached from their owner know it already.
    brought: new Set(relation.back === undefined ? [] : [relation.back]),
    limited: false,
    filtered: true,
    opaque: false,
    ofRow: row,
    relation: name,
  };
}

function called(program: Program, { module, node }: PythonPlace<Call>, depth: number): Held | undefined {
  const { func } = node;
  const at = (part: Expression): PythonPlace<Expression> => ({ module, node: part });
  if (func.type === 'Attribute') {
    const base = heldBy(program, at(func.value), depth + 1);
    if (base?.kind === 'queryset') return afterMethod(base, func.attr, node);
    if (base?.kind === 'row') {
      const method = program.pythonCode.member(base.model.place, func.attr);
      if (method?.definition.kind !== 'function') return undefined;
      const given = returnedBy(program, { module: method.owner.module, node: method.definition.node }, depth);
      return given === undefined ? undefined : { ...given, ofRow: base, brought: new Set(), opaque: true };
    }
    if (base !== undefined) return undefined;
    if (func.attr === 'get_queryset' && func.value.type === 'Call' && isSuper(func.value))
      return inherited(program, { module, node }, depth);
  }
  const [first] = node.args;
  if (func.type === 'Name' && first !== undefined) {
    if (/^(?:list|sorted|reversed|tuple|set|iter|filter_queryset)$/.test(func.id))
      return heldBy(program, at(first), depth + 1);
    if (/^get_(?:object|list)_or_404$/.test(func.id)) {
      const held = heldBy(program, at(first), depth + 1) ?? modelClass(program, at(first));
      if (held?.kind === 'queryset')
        return func.id.includes('list') ? { ...held, filtered: true } : rowOf(held, undefined);
    }
  }
  // A function of the project that gives a query, or a row.
  const targets = program.pythonCode.resolve(at(func));
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== 'function' || target.at.node.type !== 'FunctionDef') return undefined;
  if (target.owner !== undefined && target.at.node.name === 'get_queryset')
    return listOf(program, target.owner, depth + 1);
  return returnedBy(program, { module: target.at.module, node: target.at.node }, depth);
}

function isSuper(node: Call): boolean {
  return node.func.type === 'Name' && node.func.id === 'super';
}

/** `super().get_queryset()` of a view: its `queryset`, or everything of its `model`. */
function inherited(program: Program, place: PythonPlace, depth: number): QuerySet | undefined {
  const { pythonCode } = program;
  const view = pythonCode
    .functionsAround(place)
    .map((fn) => pythonCode.ownerOf({ module: place.module, node: fn }))
    .find((one) => one !== undefined);
  if (view === undefined) return undefined;
  const [, ...above] = pythonCode.ancestry(view).own;
  for (const one of above) {
    const method = pythonCode.member(one, 'get_queryset');
    if (method?.definition.kind === 'function')
      return returnedBy(program, { module: method.owner.module, node: method.definition.node }, depth + 1);
  }
  for (const name of ['queryset', 'model']) {
    const member = pythonCode.member(view, name);
    if (member?.definition.kind !== 'value') continue;
    const of = { module: member.owner.module, node: member.definition.node };
    const held = name === 'queryset' ? heldBy(program, of, depth + 1) : modelClass(program, of);
    return held?.kind === 'queryset' ? { ...held, filtered: name === 'queryset' && held.filtered } : undefined;
  }
  return undefined;
}

/** A variable holds what the last line above it gave it. */
function named(program: Program, { module, node }: PythonPlace<Name>, depth: number): Held | undefined {
  const { pythonCode } = program;
  const binding = pythonCode.bindingOf({ module, node });
  if (binding === undefined) return undefined;
  const before = binding.definitions.filter((one) => placeOf(one) < node.start);
  const last = before.at(-1) ?? binding.definitions.at(-1);
  if (last === undefined) return undefined;
  switch (last.kind) {
    case 'value': {
      // What a branch gave it, where that can be told, else what it had before.
      for (const one of [...before].reverse()) {
        if (one.kind !== 'value') break;
        const held = heldBy(program, { module, node: one.node }, depth + 1);
        if (held !== undefined) return held;
      }
      return before.length === 0 ? heldBy(program, { module, node: last.node }, depth + 1) : undefined;
    }
    case 'element': {
      return elementOf(program, { module, node: last.node }, depth);
    }
    case 'parameter': {
      const [target] = pythonCode.resolve({ module, node });
      const model = target?.kind === 'instance' ? modelsOf(program).get(target.of.node) : undefined;
      return model === undefined ? undefined : { kind: 'row', model, from: undefined, path: [] };
    }
    case 'import': {
      const [target] = pythonCode.resolve({ module, node });
      return target?.kind === 'value' && target.at.node !== node ? heldBy(program, target.at, depth + 1) : undefined;
    }
    case 'other': {
      // `for i, book in enumerate(books)`
      const loop = last.node;
      if ((loop.type !== 'For' && loop.type !== 'ComprehensionClause') || loop.target.type !== 'Tuple')
        return undefined;
      const { iter, target } = loop;
      const counted = iter.type === 'Call' && iter.func.type === 'Name' && iter.func.id === 'enumerate';
      const second = target.elts[1];
      return counted && second?.type === 'Name' && second.id === node.id
        ? elementOf(program, { module, node: iter }, depth)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** What a loop over an expression gets. */
function elementOf(program: Program, place: PythonPlace<Expression>, depth: number): Row | undefined {
  const of = heldBy(program, { module: place.module, node: unwrapped(place.node) }, depth + 1);
  return of?.kind === 'queryset' ? rowOf(of, place.node) : undefined;
}

/** `enumerate(books)` and its like go over the same. */
export function unwrapped(node: Expression): Expression {
  const [first] = node.type === 'Call' ? node.args : [];
  return node.type === 'Call' &&
    first !== undefined &&
    node.func.type === 'Name' &&
    /^(?:enumerate|reversed|tqdm)$/.test(node.func.id)
    ? unwrapped(first)
    : node;
}

/** Where a definition begins to count: `books = books.all()` speaks of what was before. */
function placeOf(definition: Definition): number {
  if (definition.kind === 'value') return definition.node.end - 1;
  return 'target' in definition ? definition.target.start : definition.node.start;
}
