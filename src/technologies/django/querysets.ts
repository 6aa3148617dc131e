import type { Definition, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef, Name, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { handed, metaModel, rowIn, wrappedFunction } from './handed.js';
import type { Held, QuerySet, Row } from './held.js';
import { putInto } from './put-into.js';
import { afterManagerMethod, managerMethod } from './manager-methods.js';
import { mayLead } from './leading-names.js';
import { managerOf, modelClass } from './managers.js';
import { libraryModel, modelsOf, userModel, type Model, type Relation } from './models.js';
import { afterStep } from './query-step.js';
import { afterMethod, afterSubscript, afterValues, isQuerySetMethod, rowOf } from './queryset-methods.js';
import { rowMemo } from './row-memo.js';

const DEEPEST = 20;

/** What an expression holds of the database, as far as it can be told; undefined where it is nothing of that or not known. */
export function heldBy(program: Program, place: PythonPlace<Expression>, depth = 0): Held | undefined {
  if (depth > DEEPEST) return undefined;
  const known = rowMemo(program, 'django:held', () => new Map<Expression, Held | undefined>());
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
    case 'Name': {
      const held = named(program, { module, node }, depth);
      return held?.kind === 'queryset' && isFollowed(place) ? { ...held, opaque: true } : held;
    }
    case 'Attribute': {
      if (!mayLead(program, node.attr)) return undefined;
      const manager = managerOf(program, { module, node });
      if (manager !== undefined) return manager;
      if (node.attr === 'queryset' && isSelf(node.value))
        return ownQuery(program, place, depth) ?? ofView(program, place, depth);
      if (node.attr === 'object_list' && isSelf(node.value)) return ofView(program, place, depth);
      const base = heldBy(program, at(node.value), depth + 1);
      if (base?.kind === 'row') return related(base, node.attr) ?? ofProperty(program, base, node.attr, depth);
      if (base !== undefined) return base.kind === 'queryset' && node.attr === 'object_list' ? base : undefined;
      if (node.attr === 'user' && isRequest(node.value)) return currentUser(program);
      return isSelf(node.value) ? ownRow(program, place, depth) : reversed(program, place, node.attr);
    }
    case 'Call':
      return called(program, { module, node }, depth);
    case 'Subscript': {
      if (node.slice.type === 'Constant' && node.slice.value === 'object_list') return ofView(program, place, depth);
      const put = putInto(program, { module, node });
      if (put !== undefined) return heldBy(program, put, depth + 1);
      const base = heldBy(program, at(node.value), depth + 1);
      return base?.kind === 'queryset' ? afterSubscript(base, node) : undefined;
    }
    case 'IfExp':
    case 'BoolOp': {
      // `author.books.all() if author else []`
      const parts = (node.type === 'IfExp' ? [node.body, node.orelse] : node.values).filter((one) => !isNothing(one));
      const [one, ...others] = parts;
      if (one === undefined || others.length > 0 || (node.type === 'BoolOp' && node.op !== 'or')) return undefined;
      return heldBy(program, at(one), depth + 1);
    }
    case 'Comprehension': {
      // `[book for book in books if book.sold]`
      const [clause, ...others] = node.clauses;
      const same =
        others.length === 0 &&
        node.value === null &&
        node.element.type === 'Name' &&
        clause?.target.type === 'Name' &&
        clause.target.id === node.element.id;
      const held = same ? heldBy(program, at(unwrapped(clause.iter)), depth + 1) : undefined;
      return held?.kind === 'queryset' ? { ...held, filtered: true } : undefined;
    }
    case 'Await':
    case 'NamedExpr':
      return heldBy(program, at(node.value), depth + 1);
    default:
      return undefined;
  }
}

/** `prefetch_related_objects(books, "tags")` brings relations to rows that are there. */
function isFollowed({ module, node }: PythonPlace<Expression>): boolean {
  const { text } = module.document;
  return (
    node.type === 'Name' &&
    text.includes('prefetch_related_objects(') &&
    new RegExp(`prefetch_related_objects\\(\\s{0,80}(?:list\\()?${node.id}\\b`).test(text)
  );
}

function isRequest(node: Expression): boolean {
  return (
    (node.type === 'Name' && node.id === 'request') ||
    (node.type === 'Attribute' && node.attr === 'request' && isSelf(node.value))
  );
}

/** Who asks. */
function currentUser(program: Program): Row | undefined {
  const model = userModel(program);
  return model === undefined ? undefined : { kind: 'row', model, from: undefined, alone: true, path: [] };
}

/** `self.object` of a view of one row, `self.instance` of a form or serialiser. */
function ownRow(program: Program, { module, node }: PythonPlace, depth: number): Row | undefined {
  if (node.type !== 'Attribute' || !/^(?:object|instance)$/.test(node.attr)) return undefined;
  const { pythonCode } = program;
  const [owner] = pythonCode
    .functionsAround({ module, node })
    .flatMap((fn) => pythonCode.ownerOf({ module, node: fn }) ?? []);
  if (owner === undefined) return undefined;
  const model = node.attr === 'object' ? listOf(program, owner, depth + 1)?.model : metaModel(program, owner);
  return model === undefined ? undefined : { kind: 'row', model, from: undefined, path: [] };
}

/** `order.line_set` of whatever has one: only rows of that model are reached so. */
function reversed(program: Program, place: PythonPlace, name: string): QuerySet | undefined {
  const { module } = place;
  const wanted = /^(\w+)_set$/.exec(name)?.[1];
  if (wanted === undefined) return byRelation(program, place, name);
  const all = [...modelsOf(program).values()].filter((one) => one.name.toLowerCase() === wanted);
  // Of several by that name the one of the same app.
  const app = module.path.slice(0, module.path.lastIndexOf('/') + 1);
  const found = all.length > 1 ? all.filter(({ place }) => app !== '' && place.module.path.startsWith(app)) : all;
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

/** `form.instances.filter(...)`: a relation by a name that leads to one model only, and that is asked as queries are. */
function byRelation(program: Program, place: PythonPlace, name: string): QuerySet | undefined {
  const [asked] = program.pythonCode.above(place);
  if (
    asked?.type !== 'Attribute' ||
    !/^(?:all|filter|exclude|order_by|select_related|prefetch_related)$/.test(asked.attr)
  )
    return undefined;
  const found = relationsByName(program).get(name);
  return found === undefined
    ? undefined
    : {
        kind: 'queryset',
        model: found.target,
        brought: new Set(found.back === undefined ? [] : [found.back]),
        limited: false,
        filtered: true,
        opaque: false,
        ofRow: undefined,
        relation: name,
      };
}

interface ByName {
  readonly target: Model;
  readonly back: string | undefined;
}

/** Relations to many rows by their names, where all of that name lead to the same model. */
function relationsByName(program: Program): ReadonlyMap<string, ByName | undefined> {
  return program.memo('django:relations-by-name', () => {
    const found = new Map<string, ByName | undefined>();
    for (const { relations } of modelsOf(program).values())
      for (const { name, to, target, back } of relations.values()) {
        const before = found.get(name);
        const same = !found.has(name) || before?.target === target;
        found.set(name, to === 'many' && target !== undefined && same ? { target, back } : undefined);
      }
    return found;
  });
}

/** A property of a model that gives a query. */
function ofProperty(program: Program, row: Row, name: string, depth: number): QuerySet | undefined {
  const member = program.pythonCode.member(row.model.place, name);
  if (member?.definition.kind !== 'function' || !isProperty(member.definition.node)) return undefined;
  const given = returnedBy(program, { module: member.owner.module, node: member.definition.node }, depth);
  return given === undefined ? undefined : { ...given, ofRow: row, brought: new Set(), opaque: true };
}

export function isProperty(fn: FunctionDef): boolean {
  return fn.decorators.some((one) => one.type === 'Name' && /^(?:cached_)?property$/.test(one.id));
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

/** `self.queryset` within `get_queryset()`: what the class says. */
function ownQuery(program: Program, place: PythonPlace, depth: number): QuerySet | undefined {
  const { pythonCode } = program;
  const [view] = pythonCode
    .functionsAround(place)
    .flatMap((fn) => pythonCode.ownerOf({ module: place.module, node: fn }) ?? []);
  const list = view === undefined ? undefined : pythonCode.member(view, 'queryset');
  if (list?.definition.kind !== 'value') return undefined;
  const held = heldBy(program, { module: list.owner.module, node: list.definition.node }, depth + 1);
  return held?.kind === 'queryset' ? held : undefined;
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
function givenBy(program: Program, fn: PythonPlace<FunctionDef>, depth: number): QuerySet | Row | undefined {
  if (depth > DEEPEST) return undefined;
  const known = rowMemo(program, 'django:returned', () => new Map<FunctionDef, QuerySet | Row | undefined>());
  if (known.has(fn.node)) return known.get(fn.node);
  known.set(fn.node, undefined);
  const given = resultOf(program, fn, depth);
  known.set(fn.node, given);
  return given;
}

function returnedBy(program: Program, fn: PythonPlace<FunctionDef>, depth: number): QuerySet | undefined {
  const given = givenBy(program, fn, depth);
  return given?.kind === 'queryset' ? given : undefined;
}

/** Where all that it returns is the same query but for what narrows it, or a row of one model. */
function resultOf(program: Program, fn: PythonPlace<FunctionDef>, depth: number): QuerySet | Row | undefined {
  const results: Expression[] = [];
  for (const statement of fn.node.body)
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda' || node.type === 'ClassDef') return false;
      if (node.type === 'Return' && node.value !== null && !isNothing(node.value)) results.push(node.value);
      return true;
    });
  const held = results.map((node) => heldBy(program, { module: fn.module, node }, depth + 2));
  const [one] = held;
  if (one?.kind === 'row')
    return held.every((other) => other?.kind === 'row' && other.model === one.model)
      ? { kind: 'row', model: one.model, from: undefined, path: [] }
      : undefined;
  const all = held.filter((other) => other?.kind === 'queryset');
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

/** `None` and empty lists, which are no rows of anything. */
function isNothing(node: Expression): boolean {
  return (node.type === 'Constant' && node.kind === 'none') || (node.type === 'List' && node.elts.length === 0);
}

/** What an attribute of a row leads to: a relation, or a query that a property or method gives. */
export function leadsTo(program: Program, row: Row, name: string): Held | undefined {
  const relation = related(row, name);
  if (relation !== undefined || row.model.relations.has(name)) return relation;
  const member = program.pythonCode.member(row.model.place, name);
  if (member?.definition.kind !== 'function' || member.definition.node.params.list.length > 1) return undefined;
  return givenBy(program, { module: member.owner.module, node: member.definition.node }, 0);
}

/** What an attribute of a row leads to. */
function related(row: Row, name: string): Held | undefined {
  const relation = row.model.relations.get(name);
  if (relation?.target === undefined) return undefined;
  if (relation.to === 'one') return { ...row, model: relation.target, path: [...row.path, name] };
  if (relation.to !== 'many') return undefined;
  return {
    kind: 'queryset',
    model: relation.target,
    brought: broughtBelow(row, relation),
    limited: false,
    filtered: true,
    opaque: row.from?.queryset.opaque ?? false,
    ofRow: row,
    relation: name,
  };
}

/** What rows of a relation bring: their owner, which they know, and what came with it: "person" of `prefetch_related("faces__person")`. */
function broughtBelow({ from, path }: Row, { name, back }: Relation): ReadonlySet<string> {
  const brought = new Set(back === undefined ? [] : [back]);
  const above = [...path, name, ''].join('__');
  for (const one of from?.queryset.brought ?? []) if (one.startsWith(above)) brought.add(one.slice(above.length));
  return brought;
}

function called(program: Program, { module, node }: PythonPlace<Call>, depth: number): Held | undefined {
  const { func } = node;
  const at = (part: Expression): PythonPlace<Expression> => ({ module, node: part });
  if (func.type === 'Attribute' && (mayLead(program, func.attr) || !isParameter(program, at(func.value)))) {
    const base = heldBy(program, at(func.value), depth + 1);
    if (base?.kind === 'queryset') {
      if (/^(?:get_)?page$/.test(func.attr)) return { ...base, limited: true };
      const own = isQuerySetMethod(func.attr) ? undefined : managerMethod(program, base.model, func.attr);
      if (own !== undefined) return afterManagerMethod(program, base, own);
      return func.attr === 'prefetch_related'
        ? afterStep(base, func.attr, node, (part) => heldBy(program, at(part), depth + 1))
        : afterMethod(base, func.attr, node);
    }
    if (base?.kind === 'row') {
      const method = program.pythonCode.member(base.model.place, func.attr);
      if (method?.definition.kind !== 'function') return undefined;
      const given = returnedBy(program, { module: method.owner.module, node: method.definition.node }, depth);
      return given === undefined ? undefined : { ...given, ofRow: base, brought: new Set(), opaque: true };
    }
    if (func.attr === 'values' && node.args.length === 0) return inBulk(program, at(func.value), depth);
    if (base?.kind === 'values') return afterValues(base, func.attr);
    if (base !== undefined) return undefined;
    // `backend.filter_queryset(request, books, view)` narrows what it is given.
    if (/^filter_queryset$/.test(func.attr)) {
      const given = node.args.map((one) => heldBy(program, at(one), depth + 1)).find((one) => one?.kind === 'queryset');
      return given?.kind === 'queryset' ? { ...given, filtered: true, opaque: true } : undefined;
    }
    if (func.attr === 'get_queryset' && func.value.type === 'Call' && isSuper(func.value))
      return inherited(program, { module, node }, depth);
  }
  const wrapped = wrappedFunction(node);
  const [first] = node.args;
  if (wrapped !== undefined) {
    const list = wrapped.type === 'Subscript' ? wrapped.value : wrapped;
    if (list.type === 'Name' && /^(?:list|sorted|tuple|set)$/.test(list.id))
      return first === undefined ? undefined : heldBy(program, at(first), depth + 1);
  }
  // `Paginator(books, 20).get_page(1)`, `paginate(request, books)` of the project.
  const page = pagedIn(node);
  if (page !== undefined)
    for (const part of page) {
      const held = part.type === 'Constant' ? undefined : heldBy(program, at(part), depth + 1);
      if (held?.kind === 'queryset') return { ...held, limited: true };
    }
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
  const targets = program.pythonCode.resolve(at(wrapped ?? func));
  const [target] = targets;
  if (targets.length === 1 && target?.kind === 'class') {
    // `Book(title="...")`
    const model = modelsOf(program).get(target.at.node);
    return model === undefined ? undefined : { kind: 'row', model, from: undefined, path: [] };
  }
  if (targets.length !== 1 || target?.kind !== 'function' || target.at.node.type !== 'FunctionDef') return undefined;
  if (target.owner !== undefined && target.at.node.name === 'get_queryset')
    return listOf(program, target.owner, depth + 1);
  return givenBy(program, { module: target.at.module, node: target.at.node }, depth);
}

/** `found.values()` of `found = Book.objects.in_bulk(keys)` or `{book.pk: book for book in books}`: those rows. */
function inBulk(program: Program, { module, node }: PythonPlace<Expression>, depth: number): QuerySet | undefined {
  const definitions = node.type === 'Name' ? program.pythonCode.bindingOf({ module, node })?.definitions : [];
  const last = definitions?.findLast((one) => one.node.start < node.start);
  const made = node.type !== 'Name' ? node : last?.kind === 'value' ? last.node : undefined;
  if (made?.type === 'Call' && made.func.type === 'Attribute' && made.func.attr === 'in_bulk') {
    const held = heldBy(program, { module, node: made.func.value }, depth + 1);
    return held?.kind === 'queryset' ? { ...held, filtered: true } : undefined;
  }
  const [clause, ...others] = made?.type === 'Comprehension' ? made.clauses : [];
  if (made?.type !== 'Comprehension' || clause?.target.type !== 'Name' || others.length > 0) return undefined;
  if (made.value?.type !== 'Name' || made.value.id !== clause.target.id) return undefined;
  const held = heldBy(program, { module, node: unwrapped(clause.iter) }, depth + 1);
  return held?.kind === 'queryset' ? { ...held, filtered: true } : undefined;
}

/** What a call may make pages of. */
function pagedIn({ func, args, keywords }: Call): readonly Expression[] | undefined {
  const name = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
  return /paginat/i.test(name) ? [...args.slice(0, 3), ...keywords.map(({ value }) => value)] : undefined;
}

/** Who calls a function is looked up only for what may be asked of a row or query. */
function isParameter({ pythonCode }: Program, { module, node }: PythonPlace<Expression>): boolean {
  return (
    node.type === 'Name' &&
    pythonCode.bindingOf({ module, node })?.definitions.every(({ kind }) => kind === 'parameter') === true
  );
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
      let held: Held | undefined;
      for (const one of [...before].reverse()) {
        if (one.kind !== 'value') break;
        const given = heldBy(program, { module, node: one.node }, depth + 1);
        held = held === undefined ? given : given?.kind === 'queryset' ? eitherOf(held, given) : held;
        // What a branch gives counts together with what was there before it.
        if (held !== undefined && (held.kind !== 'queryset' || !isInBranch(program, { module, node: one.node }, node)))
          return held;
      }
      if (held !== undefined) return held;
      return before.length === 0 ? heldBy(program, { module, node: last.node }, depth + 1) : undefined;
    }
    case 'element': {
      return elementOf(program, { module, node: last.node }, depth);
    }
    case 'parameter': {
      const [target] = pythonCode.resolve({ module, node });
      const model =
        target?.kind === 'instance'
          ? modelsOf(program).get(target.of.node)
          : target?.kind === 'library' && target.name.endsWith('()')
            ? libraryModel(program, target.name.slice(0, -2))
            : undefined;
      if (model !== undefined) return rowIn(model, last.node);
      // A resolver's `self` is the row that its type shows.
      if (last.of.type !== 'FunctionDef' || (target?.kind === 'instance' && !last.of.name.startsWith('resolve_')))
        return undefined;
      return handed(program, module, last.node, last.of, (given) => heldBy(program, given, depth + 2));
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

function isInBranch(program: Program, { module, node }: PythonPlace, use: Node): boolean {
  const around = new Set(program.pythonCode.above({ module, node: use }));
  return program.pythonCode
    .above({ module, node })
    .some((one) => (one.type === 'If' || one.type === 'Try') && !around.has(one));
}

/** Either of two queries: all that one of them brings, and as wide as the wider one. */
function eitherOf(later: Held, earlier: QuerySet): Held {
  if (later.kind !== 'queryset' || later.model !== earlier.model) return later;
  return {
    ...later,
    brought: new Set([...later.brought, ...earlier.brought]),
    filtered: later.filtered && earlier.filtered,
    limited: later.limited && earlier.limited,
    opaque: later.opaque || earlier.opaque,
  };
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
