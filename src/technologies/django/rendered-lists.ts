import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { listViewsOf } from './list-views.js';
import type { QuerySet } from './held.js';
import { managesByItself } from './managers.js';
import { heldBy } from './querysets.js';

/** A query whose rows a view hands to a template. */
export interface RenderedList {
  readonly rows: QuerySet;
  /** Where it is written. */
  readonly written: PythonPlace;
}

/** A template with the queries that it is given, by the names it knows them by. */
export interface Rendering {
  readonly template: string;
  readonly lists: ReadonlyMap<string, RenderedList>;
  readonly handler: string;
  /** The function that renders it; undefined where a class of Django does. */
  readonly call: PythonPlace<Call> | undefined;
}

/** Templates that views render with queries. */
export function* renderingsOf(program: Program): Iterable<Rendering> {
  yield* byClasses(program);
  yield* byFunctions(program);
}

/** https://docs.djangoproject.com/en/5.2/ref/class-based-views/mixins-multiple-object/ */
function* byClasses(program: Program): Iterable<Rendering> {
  for (const view of listViewsOf(program)) {
    if (view.serialises) continue;
    const { rows, written } = view;
    const template = templateOf(program, view.place, rows);
    if (template === undefined || managesByItself(program, rows.model.place, 'objects')) continue;
    const list = { rows, written };
    const lists = new Map<string, RenderedList>([
      ['object_list', list],
      ['page_obj', list],
    ]);
    const given = textOfMember(program, view.place, 'context_object_name');
    if (given !== undefined) lists.set(given, list);
    else lists.set(`${rows.model.name.toLowerCase()}_list`, list);
    // What it puts into the context besides takes the place of a list by the same name.
    const context = program.pythonCode.member(view.place, 'get_context_data');
    if (context?.definition.kind === 'function')
      put(program, { module: context.owner.module, node: context.definition.node }, lists, undefined);
    yield { template, lists, handler: view.name, call: undefined };
  }
}

function templateOf(program: Program, view: PythonPlace<ClassDef>, { model }: QuerySet): string | undefined {
  const { pythonCode } = program;
  for (const method of [
    'get_template_names',
    'render_to_response',
    'get',
    'paginate_queryset',
    'get_context_object_name',
  ])
    if (pythonCode.member(view, method) !== undefined) return undefined;
  if (pythonCode.member(view, 'template_name') !== undefined) return textOfMember(program, view, 'template_name');
  const suffix = textOfMember(program, view, 'template_name_suffix') ?? '_list';
  // The app is the folder of the models.
  const app = /([^/]+)\/models(?:\.py$|\/)/.exec(model.place.module.path)?.[1];
  return app === undefined ? undefined : `${app}/${model.name.toLowerCase()}${suffix}.html`;
}

function textOfMember(program: Program, of: PythonPlace<ClassDef>, name: string): string | undefined {
  const member = program.pythonCode.member(of, name);
  return member?.definition.kind === 'value' ? quoted(member.definition.node) : undefined;
}

function* byFunctions(program: Program): Iterable<Rendering> {
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/\b(?:render|TemplateResponse)\(/)) {
    const calls: PythonPlace<Call>[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Call' && node.func.type === 'Name' && /^(?:render|TemplateResponse)$/.test(node.func.id))
        calls.push({ module, node });
    });
    for (const call of calls) {
      const [target] = pythonCode.resolve({ module, node: call.node.func });
      const [fn] = pythonCode.functionsAround(call);
      if (target?.kind !== 'library' || !target.name.startsWith('django.') || fn?.type !== 'FunctionDef') continue;
      const argument = (place: number, name: string): Expression | undefined =>
        call.node.args[place] ?? call.node.keywords.find((one) => one.name === name)?.value;
      const template = quoted(argument(1, call.node.func.type === 'Name' ? 'template_name' : 'template'));
      const context = argument(2, 'context');
      if (template === undefined || context === undefined) continue;
      const lists = new Map<string, RenderedList>();
      if (context.type === 'Name') {
        const binding = pythonCode.bindingOf({ module, node: context });
        for (const one of binding?.definitions ?? [])
          if (one.kind === 'value' && one.node.start < call.node.start)
            ofDict(program, { module, node: one.node }, lists);
        put(program, { module, node: fn }, lists, context.id);
      } else ofDict(program, { module, node: context }, lists);
      if (lists.size > 0) yield { template, lists, handler: fn.name, call };
    }
  }
}

/** `context["orders"] = Order.objects.all()`, in whatever is called so or in any. */
function put(
  program: Program,
  { module, node: fn }: PythonPlace<FunctionDef>,
  lists: Map<string, RenderedList>,
  name: string | undefined,
): void {
  for (const statement of fn.body)
    walkPython(statement, (node) => {
      if (node.type !== 'Assign') return;
      const [target] = node.targets;
      if (target?.type !== 'Subscript' || target.value.type !== 'Name') return;
      const key = quoted(target.slice);
      if (key === undefined || (name !== undefined && target.value.id !== name)) return;
      give(program, key, { module, node: node.value }, lists);
    });
}

function ofDict(program: Program, { module, node }: PythonPlace<Expression>, lists: Map<string, RenderedList>): void {
  if (node.type === 'Call') {
    if (node.func.type !== 'Name' || node.func.id !== 'dict') return;
    for (const { name, value } of node.keywords) if (name !== null) give(program, name, { module, node: value }, lists);
    return;
  }
  if (node.type !== 'Dict') return;
  for (const [i, key] of node.keys.entries()) {
    const name = key === null ? undefined : quoted(key);
    const value = node.values[i];
    if (name !== undefined && value !== undefined) give(program, name, { module, node: value }, lists);
  }
}

function give(program: Program, name: string, value: PythonPlace<Expression>, lists: Map<string, RenderedList>): void {
  const list = listIn(program, value, 0);
  if (list === undefined) lists.delete(name);
  else lists.set(name, list);
}

const DEEPEST = 6;

/** The query that a value is, or that its pages are of, with the place where it is written. */
function listIn(program: Program, place: PythonPlace<Expression>, depth: number): RenderedList | undefined {
  if (depth > DEEPEST) return undefined;
  const { module, node } = place;
  if (node.type === 'Name') {
    const binding = program.pythonCode.bindingOf({ module, node });
    const before = (binding?.definitions ?? []).filter((one) => one.node.start < node.start);
    const last = before.at(-1);
    if (last?.kind !== 'value' || before.some((one) => one.kind !== 'value')) return undefined;
    const list = listIn(program, { module, node: last.node }, depth + 1);
    return list === undefined || isFollowed(program, place) ? undefined : list;
  }
  if (node.type === 'Call') {
    const { func } = node;
    const [first] = node.args;
    if (func.type === 'Name' && func.id.endsWith('Paginator') && first !== undefined)
      return listIn(program, { module, node: first }, depth + 1);
    if (func.type === 'Attribute' && /^(?:page|get_page)$/.test(func.attr))
      return listIn(program, { module, node: func.value }, depth + 1);
  }
  const rows = heldBy(program, place);
  return rows?.kind === 'queryset' && !managesByItself(program, rows.model.place, 'objects')
    ? { rows, written: place }
    : undefined;
}

/** `prefetch_related_objects(orders, "product")` brings relations to rows that are there. */
function isFollowed(program: Program, { module, node }: PythonPlace<Expression>): boolean {
  return node.type === 'Name' && new RegExp(`prefetch_related_objects\\(\\s*${node.id}\\b`).test(module.document.text);
}

function quoted(node: Expression | undefined): string | undefined {
  return node?.type === 'Constant' && node.kind === 'str' ? node.value : undefined;
}
