import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Attribute, Call, ClassDef, Expression, FunctionDef, Parameter } from '../../parse/python/ast.js';
import type { Held, HeldBy, QuerySet } from './held.js';
import { afterManagerMethod, managerMethod } from './manager-methods.js';
import { allOf, modelClass } from './managers.js';
import { namesIn } from './brought-names.js';
import { decide, flowThrough, nameOf, type Names } from './method-flow.js';
import { afterStep, eitherOf } from './query-step.js';
import { afterSubscript, isQuerySetMethod } from './queryset-methods.js';
import { filteredBy } from './brings-besides.js';
import { rowMemo } from './row-memo.js';

/** A view, and for which of its actions it is looked at. */
export interface Asked {
  readonly view: PythonPlace<ClassDef> | undefined;
  readonly action: string | undefined;
  /** What its library gives by itself. */
  readonly all?: QuerySet;
  readonly heldBy: HeldBy;
  /** Functions that were entered on the way here. */
  readonly entered?: number;
  readonly budget?: { left: number };
}

/** Functions and classes that call each other. */
const DEEPEST = 6;
/** Functions that are entered from an expression that stands in none of a view. */
const ENTERED = 3;
/** Functions that are entered for one question. */
const MOST = 60;
/** Steps of one expression. */
const LONGEST = 40;

function enter(asked: Asked): Asked | undefined {
  const entered = (asked.entered ?? 0) + 1;
  const budget = asked.budget ?? { left: MOST };
  budget.left -= 1;
  return entered > DEEPEST || budget.left < 0 ? undefined : { ...asked, entered, budget };
}

/** The rows that a view of REST framework lists in an action: those of `get_queryset()` as it runs there; undefined where they cannot be told. */
export function flowOfView(
  program: Program,
  asked: Asked & { readonly view: PythonPlace<ClassDef> },
): QuerySet | undefined {
  const known = rowMemo(program, 'django:list-query', () => new Map<ClassDef, Map<string, QuerySet | undefined>>());
  const ofView = known.get(asked.view.node) ?? new Map<string, QuerySet | undefined>();
  known.set(asked.view.node, ofView);
  const key = asked.action ?? '';
  if (ofView.has(key)) return ofView.get(key);
  ofView.set(key, undefined);
  const rows = fromClasses(program, asked, program.pythonCode.ancestry(asked.view).own);
  const all = rows === undefined ? undefined : filteredBy(program, asked.view, rows);
  ofView.set(key, all);
  return all;
}

/** What the nearest of some classes says the rows of a view are. */
function fromClasses(program: Program, asked: Asked, classes: readonly PythonPlace<ClassDef>[]): QuerySet | undefined {
  if (asked.view === undefined) return undefined;
  const { pythonCode } = program;
  for (const [i, owner] of classes.entries()) {
    const method = owner.node.body.find((one) => one.type === 'FunctionDef' && one.name === 'get_queryset');
    if (method?.type !== 'FunctionDef') continue;
    const fn = { module: owner.module, node: method };
    return queryOf(program, asked, fn, classes.slice(i + 1));
  }
  for (const name of ['queryset', 'model']) {
    const member = pythonCode.member(asked.view, name);
    if (member?.definition.kind !== 'value') continue;
    const place = { module: member.owner.module, node: member.definition.node };
    const held = name === 'queryset' ? fromMember(program, asked, name) : modelClass(program, place);
    return held?.kind === 'queryset' ? { ...held, filtered: name === 'queryset' && held.filtered } : undefined;
  }
  return asked.all;
}

function queryOf(
  program: Program,
  asked: Asked,
  fn: PythonPlace<FunctionDef>,
  above: readonly PythonPlace<ClassDef>[],
  names: Names<Held> = new Map(),
): QuerySet | undefined {
  const inside = enter(asked);
  if (inside === undefined) return undefined;
  const returned = flowThrough<Held>(
    fn,
    asked.action,
    {
      evaluate: (node, known) => evaluate(program, inside, { module: fn.module, node }, known, above),
      join: eitherOf,
    },
    names,
  );
  let all: QuerySet | undefined;
  for (const held of returned) {
    if (held?.kind !== 'queryset') return undefined;
    // What is returned for nobody says nothing.
    if (held.empty === true) continue;
    const both = all === undefined ? held : eitherOf(all, held);
    if (both?.kind !== 'queryset') return undefined;
    all = both;
  }
  return all;
}

/** What an expression holds, with what variables hold where it stands. */
export function evaluate(
  program: Program,
  asked: Asked,
  place: PythonPlace<Expression>,
  names: Names<Held>,
  above: readonly PythonPlace<ClassDef>[] = [],
  depth = 0,
): Held | undefined {
  if (depth > LONGEST) return undefined;
  const { module, node } = place;
  const inner = (part: Expression): Held | undefined =>
    evaluate(program, asked, { module, node: part }, names, above, depth + 1);
  const name = nameOf(node);
  if (name !== undefined && names.has(name)) return names.get(name);
  if (name === 'self.queryset' && asked.view !== undefined)
    return fromMember(program, asked, 'queryset') ?? asked.heldBy(place, 0);
  switch (node.type) {
    case 'IfExp': {
      const decided = decide(node.test, asked.action);
      if (decided !== undefined) return inner(decided ? node.body : node.orelse);
      const [one, other] = [inner(node.body), inner(node.orelse)];
      return one === undefined || other === undefined ? undefined : eitherOf(one, other);
    }
    case 'BinOp': {
      const [one, other] = [inner(node.left), inner(node.right)];
      return one === undefined || other === undefined ? undefined : eitherOf(one, other);
    }
    case 'Subscript': {
      const base = inner(node.value);
      return base?.kind === 'queryset' && node.slice.type === 'Slice'
        ? afterSubscript(base, node)
        : asked.heldBy(place, 0);
    }
    case 'Attribute':
      return ofOwnModel(program, asked, node) ?? asked.heldBy(place, 0);
    case 'Call':
      return ofCall(program, asked, { module, node }, names, above, depth);
    default:
      return asked.heldBy(place, 0);
  }
}

/** `self.model.objects` of a class that many views descend from: each has a model of its own. */
function ofOwnModel(program: Program, { view }: Asked, { value, attr }: Attribute): QuerySet | undefined {
  if (view === undefined || !/^(?:objects|_default_manager)$/.test(attr)) return undefined;
  const name = nameOf(value);
  const member = name?.startsWith('self.') === true ? program.pythonCode.member(view, name.slice(5)) : undefined;
  const model =
    member?.definition.kind === 'value'
      ? modelClass(program, { module: member.owner.module, node: member.definition.node })
      : undefined;
  return model === undefined ? undefined : allOf(program, model.model, attr);
}

function ofCall(
  program: Program,
  asked: Asked,
  { module, node }: PythonPlace<Call>,
  names: Names<Held>,
  above: readonly PythonPlace<ClassDef>[],
  depth: number,
): Held | undefined {
  const { func } = node;
  const [first] = node.args;
  const inner = (part: Expression): Held | undefined =>
    evaluate(program, asked, { module, node: part }, names, above, depth + 1);
  if (func.type !== 'Attribute') {
    const page = func.type === 'Name' && /paginat/i.test(func.id) ? pageOf(node, inner) : undefined;
    if (page !== undefined) return page;
    const same = func.type === 'Name' && /^(?:list|sorted|tuple)$/.test(func.id) && first !== undefined;
    return same ? inner(first) : throughFunction(program, asked, { module, node }, inner);
  }
  const { value, attr } = func;
  const isSuper = value.type === 'Call' && value.func.type === 'Name' && value.func.id === 'super';
  const isSelf = value.type === 'Name' && value.id === 'self';
  if (isSuper && attr === 'get_queryset') return fromClasses(program, asked, above);
  if ((isSelf || isSuper) && first !== undefined && /^(?:filter_queryset|paginate_queryset)$/.test(attr)) {
    const held = inner(first);
    return held?.kind === 'queryset' && attr === 'paginate_queryset' ? { ...held, limited: true } : held;
  }
  if (isSelf && asked.view !== undefined) {
    if (attr === 'get_queryset') return flowOfView(program, { ...asked, view: asked.view });
    const member = program.pythonCode.member(asked.view, attr);
    if (member?.definition.kind !== 'function') return undefined;
    const fn = { module: member.owner.module, node: member.definition.node };
    const given = givenTo(fn.node.params.list.slice(1), node, inner);
    return queryOf(program, asked, fn, [], given);
  }
  const page = /paginat/i.test(attr) ? pageOf(node, inner) : undefined;
  if (page !== undefined) return page;
  const base = inner(value);
  if (base?.kind === 'queryset' && /^(?:get_)?page$/.test(attr)) return { ...base, limited: true };
  if (base?.kind !== 'queryset') {
    // `BookSerializer.load_eagerly(rows)`: what becomes of rows that are handed on is not followed.
    const handsOn = [...node.args, ...node.keywords.map((one) => one.value)].some(
      (one) => inner(one)?.kind === 'queryset',
    );
    return handsOn || (base === undefined && mentions(node, names)) ? undefined : asked.heldBy({ module, node }, 0);
  }
  const own = isQuerySetMethod(attr) ? undefined : managerMethod(program, base.model, attr);
  return own === undefined
    ? afterStep(base, attr, node, inner, (one) => namesIn(program, { module, node: one }))
    : afterManagerMethod(program, base, own);
}

/** `Paginator(books, 20)`, and `paginate(request, books)` of the project. */
function pageOf({ args, keywords }: Call, inner: (part: Expression) => Held | undefined): QuerySet | undefined {
  for (const part of [...args.slice(0, 3), ...keywords.map(({ value }) => value)]) {
    const held = part.type === 'Constant' ? undefined : inner(part);
    if (held?.kind === 'queryset') return { ...held, limited: true };
  }
  return undefined;
}

function givenTo(
  parameters: readonly Parameter[],
  call: Call,
  inner: (part: Expression) => Held | undefined,
): Map<string, Held | undefined> {
  const given = new Map<string, Held | undefined>();
  for (const [i, { name }] of parameters.entries()) {
    const argument = call.keywords.find((one) => one.name === name)?.value ?? call.args[i];
    given.set(name, argument === undefined ? undefined : inner(argument));
  }
  return given;
}

/** `visible_to(user, queryset)`: a function of the project that narrows what it is given. */
function throughFunction(
  program: Program,
  asked: Asked,
  { module, node }: PythonPlace<Call>,
  inner: (part: Expression) => Held | undefined,
): Held | undefined {
  const isGiven = [...node.args, ...node.keywords.map(({ value }) => value)].some(
    (one) => inner(one)?.kind === 'queryset',
  );
  if (!isGiven) return asked.heldBy({ module, node }, 0);
  const [target, ...others] = program.pythonCode.resolve({ module, node: node.func });
  if (target?.kind !== 'function' || target.at.node.type !== 'FunctionDef' || others.length > 0) return undefined;
  const fn = { module: target.at.module, node: target.at.node };
  const given = givenTo(fn.node.params.list, node, inner);
  return queryOf(program, { ...asked, view: undefined }, fn, [], given);
}

/** What a function of the project makes of the query that a call hands to it. */
export function rowsThrough(
  program: Program,
  place: PythonPlace<Call>,
  depth: number,
  heldBy: HeldBy,
): Held | undefined {
  const { args, keywords } = place.node;
  if (args.some(({ type }) => type === 'Starred')) return undefined;
  const inner = (node: Expression): Held | undefined => heldBy({ module: place.module, node }, depth + 1);
  if (![...args, ...keywords.map(({ value }) => value)].some((one) => inner(one)?.kind === 'queryset'))
    return undefined;
  const asked: Asked = {
    view: undefined,
    action: undefined,
    heldBy: (given, steps) => heldBy(given, depth + 3 + steps),
    entered: DEEPEST - ENTERED,
  };
  return throughFunction(program, asked, place, inner);
}

/** Whether a chain of calls starts at a variable that was followed, and led to nothing. */
function mentions(node: Expression, names: Names<Held>): boolean {
  let root: Expression = node;
  while (root.type === 'Call' || root.type === 'Attribute' || root.type === 'Subscript') {
    const name = nameOf(root);
    if (name !== undefined && names.has(name)) return true;
    root = root.type === 'Call' ? root.func : root.value;
  }
  return root.type === 'Name' && names.has(root.id);
}

function fromMember(program: Program, asked: Asked, name: string): Held | undefined {
  const member = asked.view === undefined ? undefined : program.pythonCode.member(asked.view, name);
  if (member?.definition.kind !== 'value') return undefined;
  const place = { module: member.owner.module, node: member.definition.node };
  const inside = enter(asked);
  return inside === undefined ? undefined : evaluate(program, inside, place, new Map());
}
