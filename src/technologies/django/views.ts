import type { Location } from '../../location.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { locate } from '../../parse/document.js';
import type { Call, ClassDef, Expression, FunctionDef, Keyword } from '../../parse/python/ast.js';
import { spelling } from '../python-request-handlers.js';
import { moduleOf } from './imports.js';
import { routesOf, type Route } from './routes.js';

/** What stands around a view: a decorator of it or of one of its methods, or a function that its route is given through. */
export interface Wrapper {
  /** Dotted, where a library gives it; `own` where the repository does; undefined where it is not known. */
  readonly name: string | undefined;
  readonly own?: PythonPlace<FunctionDef>;
  /** As it is written. */
  readonly spelled: string;
  readonly at: PythonPlace<Expression>;
  /** `cache_page(60)`: what it is given. */
  readonly call?: Call;
  /** The method of a class that it wraps; absent where it wraps the whole. */
  readonly method?: string;
}

export interface View {
  /** Absent where no route is seen to lead to it. */
  readonly route?: Route;
  /** `catalogue.views.product_detail` */
  readonly name: string;
  readonly fn?: PythonPlace<FunctionDef>;
  readonly of?: PythonPlace<ClassDef>;
  /** Class or function of a library, where the route names one itself. */
  readonly library?: string;
  /** What `as_view()` is given. */
  readonly keywords: readonly Keyword[];
  /** Outermost first; those of methods last. */
  readonly wrappers: readonly Wrapper[];
}

export type RoutedView = View & { readonly route: Route };

/** A view that no route is seen to lead to, by its own decorators. */
export function decoratedView(program: Program, at: PythonPlace<FunctionDef | ClassDef>): View {
  const { module, node } = at;
  const name = called(program, at);
  if (node.type === 'ClassDef')
    return { name, of: { module, node }, keywords: [], wrappers: wrappersOfClass(program, { module, node }) };
  const wrappers = node.decorators.map((one) => wrapper(program, { module, node: one }));
  return { name, fn: { module, node }, keywords: [], wrappers };
}

/** `catalogue.views.product_detail`, as its place in the folder of the component has it: packages need no `__init__.py`. */
function called(program: Program, { module, node }: PythonPlace<FunctionDef | ClassDef>): string {
  const { directory } = program.launch;
  const inside = directory !== '' && module.path.startsWith(`${directory}/`);
  return `${moduleOf(inside ? module.path.slice(directory.length + 1) : module.path)}.${node.name}`;
}

/** Where a function or class has its name. */
export function nameOf({ module, node }: PythonPlace<FunctionDef | ClassDef>): Location {
  return locate(module.document, { start: node.nameStart, end: node.nameStart + node.name.length });
}

/** What the routes of the project lead to, each once: what a second route leads to has been told. */
export function viewsOf(program: Program): readonly RoutedView[] {
  return program.memo('django:views', () => {
    const seen = new Set<unknown>();
    return routesOf(program).flatMap((route) => {
      const view = viewOf(program, route);
      const key = view?.fn?.node ?? view?.of?.node ?? view;
      if (view === undefined || (seen.has(key) && view.keywords.length === 0)) return [];
      seen.add(key);
      return [view];
    });
  });
}

function viewOf(program: Program, route: Route): RoutedView | undefined {
  const { pythonCode } = program;
  let { module } = route.view;
  const around: Wrapper[] = [];
  let node = route.view.node;
  let keywords: readonly Keyword[] = [];
  // `api_info = do(json_api_call, views.info)`, and `routes.api_info` in the list.
  const [named, ...more] = node.type === 'Call' ? [] : pythonCode.resolve({ module, node });
  const made =
    more.length > 0
      ? undefined
      : named?.kind === 'value'
        ? named.at
        : named?.kind === 'library'
          ? named.call
          : undefined;
  if (made?.node.type === 'Call') ({ module, node } = { module: made.module, node: made.node });
  while (node.type === 'Call') {
    if (node.func.type === 'Attribute' && node.func.attr === 'as_view') {
      keywords = node.keywords;
      node = node.func.value;
      break;
    }
    const inner = viewGiven(program, { module, node });
    // `LatestEntries()` is an object of a class of its own; everything else that is called is given the view.
    if (inner === undefined || pythonCode.resolve({ module, node: node.func }).some(({ kind }) => kind === 'class'))
      break;
    const written: Call = node;
    const beside = written.args.length > 1 && inner === written.args.at(-1) ? written.args.slice(0, -1) : undefined;
    for (const one of beside ?? [written.func]) around.push(wrapper(program, { module, node: one }));
    node = inner;
  }
  const [target, ...others] = pythonCode.resolve({ module, node });
  if (target === undefined || others.length > 0) return undefined;
  const common = { route, keywords };
  switch (target.kind) {
    case 'function': {
      const fn = target.at;
      if (fn.node.type !== 'FunctionDef') return undefined;
      const wrappers = [
        ...around,
        ...fn.node.decorators.map((one) => wrapper(program, { module: fn.module, node: one })),
      ];
      const at = { module: fn.module, node: fn.node };
      return { ...common, name: called(program, at), fn: at, wrappers };
    }
    case 'class':
    case 'instance': {
      const of = target.kind === 'class' ? target.at : target.of;
      const wrappers = [...around, ...wrappersOfClass(program, of)];
      return { ...common, name: called(program, of), of, wrappers };
    }
    case 'library':
      return { ...common, name: target.name, library: target.name, wrappers: around };
    default:
      return undefined;
  }
}

/** What a call makes a view of: what it is given first; the last of several that are put around each other (`do(json_api, view)`). */
function viewGiven(program: Program, { module, node }: PythonPlace<Call>): Expression | undefined {
  const [first, ...others] = node.args;
  const last = others.at(-1);
  if (last === undefined || (last.type !== 'Name' && last.type !== 'Attribute')) return first;
  const [target] = program.pythonCode.resolve({ module, node: last });
  if (target?.kind !== 'function' || target.at.node.type !== 'FunctionDef') return first;
  return target.at.node.params.list[0]?.name === 'request' ? last : first;
}

/** `@method_decorator(...)` and the decorators of methods, of the class and of those of the repository above it. */
function wrappersOfClass(program: Program, of: PythonPlace<ClassDef>): readonly Wrapper[] {
  const whole: Wrapper[] = [];
  const ofMethods: Wrapper[] = [];
  for (const { module, node } of program.pythonCode.ancestry(of).own) {
    for (const decorator of node.decorators) whole.push(...unfold(program, { module, node: decorator }));
    for (const part of node.body) {
      if (part.type !== 'FunctionDef') continue;
      // One that a class below has in its place wraps nothing here.
      const member = program.pythonCode.member(of, part.name);
      if (member?.owner.node !== node) continue;
      for (const decorator of part.decorators)
        ofMethods.push(...unfold(program, { module, node: decorator }).map((one) => ({ ...one, method: part.name })));
    }
  }
  return [...whole, ...ofMethods];
}

/** `method_decorator([a, b(1)], name="dispatch")` holds others. */
function unfold(program: Program, place: PythonPlace<Expression>): readonly Wrapper[] {
  const { module, node } = place;
  if (node.type !== 'Call' || spelling(node.func).split('.').at(-1) !== 'method_decorator')
    return [wrapper(program, place)];
  const [first] = node.args;
  const name = node.keywords.find((one) => one.name === 'name')?.value ?? node.args[1];
  const method = name?.type === 'Constant' && name.kind === 'str' ? { method: name.value } : {};
  if (first === undefined) return [];
  return listed(program, { module, node: first }).map((one) => ({ ...wrapper(program, one), ...method }));
}

/** The items of a list, written here or behind a name; else what is written itself. */
function listed(program: Program, place: PythonPlace<Expression>): readonly PythonPlace<Expression>[] {
  const targets = place.node.type === 'Name' ? program.pythonCode.resolve(place) : [];
  const [only] = targets;
  const { module, node } = targets.length === 1 && only?.kind === 'value' ? only.at : place;
  return node.type === 'List' || node.type === 'Tuple' ? node.elts.map((one) => ({ module, node: one })) : [place];
}

function wrapper(program: Program, at: PythonPlace<Expression>): Wrapper {
  const { module, node } = at;
  const call = node.type === 'Call' ? { call: node } : {};
  const func = node.type === 'Call' ? node.func : node;
  const [target] = program.pythonCode.resolve({ module, node: func });
  const spelled = spelling(func);
  if (target?.kind === 'library') return { name: target.name.replace(/\(\)$/, ''), spelled, at, ...call };
  if (target?.kind === 'function' && target.at.node.type === 'FunctionDef') {
    const own = { module: target.at.module, node: target.at.node };
    return { name: 'own', own, spelled, at, ...call };
  }
  return { name: undefined, spelled, at, ...call };
}
