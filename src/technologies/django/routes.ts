import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import type { Call, Expression, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { spelling } from '../python-request-handlers.js';
import { runsWith } from './conditions.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** One entry of a list of routes, or of a router. */
export interface Route {
  /** The pattern as it is written, behind those of the lists that include it; what cannot be read is `…`. */
  readonly path: string;
  /** `path(...)`, `router.register(...)`. */
  readonly call: PythonPlace<Call>;
  readonly view: PythonPlace<Expression>;
  /** Whether a router makes the routes of it. */
  readonly registered: boolean;
}

/** What one project can have; more is cut. */
const MOST_MODULES = 400;
const MOST_ROUTES = 4000;

/** The routes of ROOT_URLCONF that these settings have, in their order. */
export function routesOf(program: Program): readonly Route[] {
  return program.memo('django:routes', () => {
    const settings = settingsOf(program);
    const root = text(settings?.get('ROOT_URLCONF'));
    const module = root === undefined ? undefined : program.pythonCode.moduleNamed(root);
    if (settings === undefined || module === undefined) return [];
    const found: Route[] = [];
    collect(program, settings, module, '', found, new Set());
    return found;
  });
}

function collect(
  program: Program,
  settings: DjangoSettings,
  module: PythonModule,
  prefix: string,
  found: Route[],
  seen: Set<PythonModule>,
): void {
  if (seen.has(module) || seen.size >= MOST_MODULES || found.length >= MOST_ROUTES) return;
  seen.add(module);
  const { pythonCode } = program;
  walkPython(module.document.tree, (node) => {
    if (found.length >= MOST_ROUTES) return false;
    if (node.type === 'Attribute' && node.attr === 'urls') {
      // `router.urls`, of a router that another module made and filled.
      for (const target of pythonCode.resolve({ module, node: node.value }))
        if (target.kind === 'library' && target.name.endsWith('Router()') && target.call !== undefined)
          collect(program, settings, target.call.module, prefix + pathAround(program, { module, node }), found, seen);
      return true;
    }
    if (node.type !== 'Call') return true;
    const call = { module, node };
    const word = spelling(node.func).split('.').at(-1) ?? '';
    if (word === 'register' && node.func.type === 'Attribute') {
      const [path, view] = node.args;
      const set = view ?? node.keywords.find(({ name }) => name === 'viewset')?.value;
      if (path?.type === 'Constant' && set !== undefined && runsWith(program, settings, call) !== false)
        found.push({ path: `${prefix}${written(path)}/`, call, view: { module, node: set }, registered: true });
      return true;
    }
    // `distill_path` and other wrappers of `path` take the same first two.
    if (!/^(?:\w{1,40}_)?(?:path|url)$/.test(word)) return true;
    const [path] = node.args;
    const view = node.args[1] ?? node.keywords.find(({ name }) => name === 'view')?.value;
    if (path === undefined || view === undefined) return true;
    if (runsWith(program, settings, call) === false) return false;
    const whole = `${prefix}${pathAround(program, call)}${written(path)}`;
    if (view.type === 'Call' && /(?:^|\.)\w*include$/.test(spelling(view.func))) {
      const [what] = view.args;
      if (what !== undefined)
        for (const included of modulesOf(program, { module, node: what }))
          collect(program, settings, included, whole, found, seen);
      return true;
    }
    found.push({ path: whole, call, view: { module, node: view }, registered: false });
    return true;
  });
}

/** The modules that `include()` brings: one that a text names, one that is imported, or the one that holds a list. */
function modulesOf(program: Program, what: PythonPlace<Expression>): readonly PythonModule[] {
  const { module, node } = what;
  const { pythonCode } = program;
  if (node.type === 'Tuple' || node.type === 'List') {
    const [first] = node.elts;
    return node.type === 'Tuple' && first !== undefined ? modulesOf(program, { module, node: first }) : [];
  }
  if (node.type === 'Constant' && node.kind === 'str') {
    return pythonCode.resolveText(node.value).flatMap((one) => (one.kind === 'module' ? [one.module] : []));
  }
  return pythonCode.resolve(what).flatMap((one) => {
    if (one.kind === 'module') return [one.module];
    return one.kind === 'value' && one.at.module !== module ? [one.at.module] : [];
  });
}

/** The patterns of the `path(...)` around a place: `path("api/", include([path(...)]))`. */
function pathAround(program: Program, place: PythonPlace): string {
  let inner: Node = place.node;
  let whole = '';
  for (const node of program.pythonCode.above(place)) {
    if (node.type === 'Call' && /(?:^|\.)(?:path|re_path|url)$/.test(spelling(node.func)) && node.args[0] !== inner) {
      const [path] = node.args;
      if (path !== undefined) whole = written(path) + whole;
    }
    inner = node;
  }
  return whole;
}

function written(node: Expression): string {
  if (node.type === 'Constant' && node.kind === 'str') return node.value;
  const [first] = node.type === 'Call' ? node.args : [];
  return first?.type === 'Constant' && first.kind === 'str' ? first.value : '…';
}
