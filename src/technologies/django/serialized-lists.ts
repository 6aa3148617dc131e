import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef, Name } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { Held, QuerySet } from './held.js';
import { evaluate } from './list-query.js';
import { listViewsOf } from './list-views.js';
import { flowThrough } from './method-flow.js';
import { eitherOf } from './query-step.js';
import { isSerializer } from './serializer-fields.js';
import { serializerClassOf, serializersOf } from './view-serializers.js';
import { rowMemo } from './row-memo.js';

/** Rows that a serialiser of REST framework is given many of at once. */
export interface SerializedList {
  readonly rows: QuerySet;
  /** Any of them may be the one. */
  readonly serializers: readonly PythonPlace<ClassDef>[];
  /** Some of them may be for a single row, where the view looks at its address to choose. */
  readonly byAddress?: boolean;
  /** Where the rows are written. */
  readonly written: PythonPlace;
  readonly handler: string;
  /** Where a function makes the serialiser itself; undefined where a view of the framework does. */
  readonly call: PythonPlace<Call> | undefined;
  /** The view that lists them; undefined where a function does. */
  readonly view?: PythonPlace<ClassDef>;
  /** The function that does so. */
  readonly fn: PythonPlace<FunctionDef> | undefined;
}

/** So many names are followed to where a list is made. */
const MOST_STEPS = 6;
/** Methods that leave a query as it is but for what it holds. */
const NARROWING = /^(?:all|filter|exclude|distinct|order_by|reverse|none|complex_filter)$/;

/** Lists that views answer with through serialisers, and those that functions hand to one. */
export function serializedLists(program: Program): readonly SerializedList[] {
  return rowMemo(program, 'django:serialized-lists', () => [...ofViews(program), ...ofCalls(program)]);
}

function* ofViews(program: Program): Iterable<SerializedList> {
  for (const view of listViewsOf(program)) {
    if (!view.serialises || answersItself(program, view.place)) continue;
    const serializers = serializersOf(program, view.place, 'list');
    if (serializers === undefined || serializers.length === 0) continue;
    const { rows, written, name } = view;
    const byAddress = choosesByAddress(program, view.place);
    yield {
      ...{ rows, serializers, byAddress, written, handler: name },
      ...{ call: undefined, fn: undefined, view: view.place },
    };
  }
}

/** `if self.kwargs.get(self.lookup_field):` asks whether it is a list at all. */
function choosesByAddress(program: Program, view: PythonPlace<ClassDef>): boolean {
  const chosen = program.pythonCode.member(view, 'get_serializer_class');
  if (chosen?.definition.kind !== 'function') return false;
  const { start, end } = chosen.definition.node;
  return /\bkwargs\b|\blookup_|\bget_object\(|\bself\.detail\b/.test(
    chosen.owner.module.document.text.slice(start, end),
  );
}

/** Whether a view answers by itself. */
function answersItself(program: Program, view: PythonPlace<ClassDef>): boolean {
  return ['list', 'get'].some((name) => {
    const member = program.pythonCode.member(view, name);
    if (member?.definition.kind !== 'function') return false;
    const { start, end } = member.definition.node;
    const text = member.owner.module.document.text.slice(start, end);
    // What a class above does for all of its children, it does with the serialiser of each.
    const shared = member.owner.node !== view.node && /\bself\.get_serializer\(/.test(text);
    return !shared && !/\bsuper\(|\bself\.list\(/.test(text);
  });
}

/** `BookSerializer(books, many=True)` */
function* ofCalls(program: Program): Iterable<SerializedList> {
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/\bmany\s*=\s*True\b/)) {
    const functions = new Set<FunctionDef>();
    walkPython(module.document.tree, (node) => {
      if (node.type !== 'Call' || !isMany(node)) return;
      const [fn] = pythonCode.functionsAround({ module, node });
      if (fn?.type === 'FunctionDef') functions.add(fn);
    });
    for (const node of functions) yield* inFunction(program, { module, node });
  }
}

function isMany(node: Call): boolean {
  return (
    node.keywords.some(({ name, value }) => name === 'many' && value.type === 'Constant' && value.value === true) &&
    !node.keywords.some(({ name }) => name === 'data')
  );
}

function inFunction(program: Program, fn: PythonPlace<FunctionDef>): readonly SerializedList[] {
  const { pythonCode } = program;
  const { module } = fn;
  const owner = pythonCode.ownerOf(fn);
  const view = owner !== undefined && isView(program, owner) ? owner : undefined;
  const asked = { view, action: fn.node.name };
  const found = new Map<string, SerializedList>();
  // `prefetch_related_objects(books + others, "author")` brings relations to rows that are there.
  const follows = module.document.text.slice(fn.node.start, fn.node.end).includes('prefetch_related_objects(');
  const value = (node: Expression, names: ReadonlyMap<string, Held | undefined>): Held | undefined =>
    evaluate(program, asked, { module, node }, new Map(names));
  const visit = (expression: Expression, names: ReadonlyMap<string, Held | undefined>): void => {
    walkPython(expression, (node) => {
      if (node.type === 'Lambda' || node.type === 'Comprehension') return false;
      if (node.type !== 'Call' || !isMany(node)) return true;
      const given = node.keywords.find(({ name }) => name === 'instance')?.value ?? node.args[0];
      if (given === undefined) return true;
      const rows = value(given, names);
      // Rows of a row that is handed over are told where that comes from.
      if (rows?.kind !== 'queryset' || rows.ofRow?.parameter !== undefined || rows.handed === true) return true;
      const serializers = serializersIn(program, { module, node }, view, fn.node.name);
      const [first] = serializers ?? [];
      if (serializers === undefined || first === undefined) return true;
      const key = `${String(first.node.start)} ${first.module.path} ${rows.model.name}`;
      const before = found.get(key);
      // A page of them, and all where there are no pages, are the same.
      const both = before === undefined ? rows : eitherOf(before.rows, rows);
      if (both?.kind !== 'queryset') return true;
      const written = before?.written ?? madeAt(program, { module, node: given });
      found.set(key, {
        rows: follows ? { ...both, opaque: true } : both,
        serializers,
        written,
        handler: fn.node.name,
        call: { module, node },
        fn,
      });
      return true;
    });
  };
  flowThrough<Held>(fn, fn.node.name, { evaluate: value, join: eitherOf, visit });
  return [...found.values()];
}

/** Where a query is made that is handed on by names, narrowed, and as a page of it. */
function madeAt(program: Program, place: PythonPlace<Expression>): PythonPlace {
  const { module } = place;
  let { node } = place;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const from = beforeStep(node);
    const root = from === undefined ? node : nameBelow(from);
    if (root?.type !== 'Name' || root.id === 'self') break;
    const made = definedBefore(program, { module, node: root });
    if (made === undefined) break;
    node = made;
  }
  return { module, node };
}

/** What a page is taken of, or a query narrowed. */
function beforeStep(node: Expression): Expression | undefined {
  if (node.type !== 'Call' || node.func.type !== 'Attribute') return undefined;
  const [first] = node.args;
  if (/^(?:paginate_queryset|filter_queryset)$/.test(node.func.attr)) return first;
  return NARROWING.test(node.func.attr) ? node.func.value : undefined;
}

/** The name that a chain of calls begins with, where none of them brings relations. */
function nameBelow(node: Expression): Expression | undefined {
  let inner = node;
  while (inner.type === 'Call' && inner.func.type === 'Attribute' && NARROWING.test(inner.func.attr))
    inner = inner.func.value;
  return inner;
}

/** The last line before that gives a variable something else than a narrower query of itself. */
function definedBefore({ pythonCode }: Program, { module, node }: PythonPlace<Name>): Expression | undefined {
  const binding = pythonCode.bindingOf({ module, node });
  const before = (binding?.definitions ?? []).flatMap((one) =>
    one.kind === 'value' && one.node.end <= node.start ? [one.node] : [],
  );
  const narrows = (one: Expression): boolean => {
    const root = nameBelow(beforeStep(one) ?? one);
    return root?.type === 'Name' && root.id === node.id;
  };
  return before.findLast((one) => !narrows(one)) ?? before.at(-1);
}

function serializersIn(
  program: Program,
  { module, node }: PythonPlace<Call>,
  view: PythonPlace<ClassDef> | undefined,
  action: string,
): readonly PythonPlace<ClassDef>[] | undefined {
  const { func } = node;
  if (func.type === 'Attribute' && func.value.type === 'Name' && func.value.id === 'self' && view !== undefined) {
    if (func.attr === 'get_serializer') return serializersOf(program, view, action);
    if (func.attr === 'serializer_class') return serializerClassOf(program, view, action);
  }
  const found: PythonPlace<ClassDef>[] = [];
  for (const target of program.pythonCode.resolve({ module, node: func })) {
    if (target.kind !== 'class' || !isSerializer(program, target.at)) return undefined;
    found.push(target.at);
  }
  return found;
}

function isView(program: Program, of: PythonPlace<ClassDef>): boolean {
  return program.pythonCode.ancestry(of).libraries.some((one) => /(?:View|ViewSet|Mixin)$/.test(one));
}
