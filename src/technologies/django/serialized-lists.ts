import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { Held, QuerySet } from './held.js';
import { evaluate } from './list-query.js';
import { listViewsOf } from './list-views.js';
import { flowThrough } from './method-flow.js';
import { eitherOf } from './query-step.js';
import { isSerializer } from './serializer-fields.js';
import { serializersOf } from './view-serializers.js';
import { rowMemo } from './row-memo.js';

/** Rows that a serialiser of REST framework is given many of at once. */
export interface SerializedList {
  readonly rows: QuerySet;
  /** Any of them may be the one. */
  readonly serializers: readonly PythonPlace<ClassDef>[];
  /** Where the rows are written. */
  readonly written: PythonPlace;
  readonly handler: string;
  /** Where a function makes the serialiser itself; undefined where a view of the framework does. */
  readonly call: PythonPlace<Call> | undefined;
  /** The function that does so. */
  readonly fn: PythonPlace<FunctionDef> | undefined;
}

/** Lists that views answer with through serialisers, and those that functions hand to one. */
export function serializedLists(program: Program): readonly SerializedList[] {
  return rowMemo(program, 'django:serialized-lists', () => [...ofViews(program), ...ofCalls(program)]);
}

function* ofViews(program: Program): Iterable<SerializedList> {
  for (const view of listViewsOf(program)) {
    if (!view.serialises || answersItself(program, view.place)) continue;
    const serializers = serializersOf(program, view.place, 'list');
    if (serializers === undefined || serializers.length === 0) continue;
    yield { rows: view.rows, serializers, written: view.written, handler: view.name, call: undefined, fn: undefined };
  }
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

/** Where a query is made that is handed on by names, and as a page of it. */
function madeAt(program: Program, place: PythonPlace<Expression>): PythonPlace {
  const { module } = place;
  let { node } = place;
  for (let steps = 0; steps < 6; steps++) {
    const [first] = node.type === 'Call' ? node.args : [];
    if (node.type === 'Name') {
      const { id, start } = node;
      const binding = program.pythonCode.bindingOf({ module, node });
      const before = (binding?.definitions ?? []).filter((one) => one.kind === 'value' && one.node.end <= start);
      const last = before.at(-1);
      if (last?.kind !== 'value' || id === 'self') break;
      ({ node } = last);
    } else if (
      node.type === 'Call' &&
      first?.type === 'Name' &&
      node.func.type === 'Attribute' &&
      /^(?:paginate_queryset|filter_queryset)$/.test(node.func.attr)
    )
      node = first;
    else break;
  }
  return { module, node };
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
    if (func.attr === 'serializer_class') return serializersOf(program, view, undefined);
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
