import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { managesByItself } from './managers.js';
import { classViewsOf, type ClassView } from './view-contexts.js';
import type { Given, Within } from './given.js';
import { valueOf, valuesOf } from './view-values.js';

/** A template with the rows and queries that it is given, by the names it knows them by. */
export interface Rendering {
  readonly template: string;
  readonly names: ReadonlyMap<string, Given>;
  readonly handler: string;
  /** The function that renders it; undefined where a class of Django does. */
  readonly call: PythonPlace<Call> | undefined;
  readonly view?: PythonPlace<ClassDef>;
}

const RENDERING = /\b(?:render\w*|TemplateResponse|SimpleTemplateResponse)\(|\btemplate_name=/;

/** Templates that views render with rows. */
export function* renderingsOf(program: Program): Iterable<Rendering> {
  const views = classViewsOf(program);
  for (const view of views) {
    const { place, template, within, whole } = view;
    if (template === undefined || !whole) continue;
    const names = known(program, within.whole?.() ?? new Map());
    yield { template, names, handler: place.node.name, call: undefined, view: place };
  }
  const byClass = new Map(views.map((one) => [one.place.node, one]));
  for (const module of program.pythonCode.modulesWith(RENDERING)) {
    const functions: FunctionDef[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'FunctionDef' && RENDERING.test(module.document.text.slice(node.start, node.end)))
        functions.push(node);
    });
    for (const node of functions) {
      const owner = program.pythonCode.ownerOf({ module, node });
      yield* renderedIn(program, { module, node }, owner === undefined ? undefined : byClass.get(owner.node));
    }
  }
}

/** Rows whose manager brings relations with each query tell nothing. */
function known(program: Program, given: ReadonlyMap<string, Given>): ReadonlyMap<string, Given> {
  return new Map(
    [...given].filter(([, one]) => one.kind !== 'rows' || !managesByItself(program, one.rows.model.place, 'objects')),
  );
}

function renderedIn(program: Program, fn: PythonPlace<FunctionDef>, view: ClassView | undefined): Rendering[] {
  const owner = program.pythonCode.ownerOf(fn);
  const within: Within = view?.within ?? { view: owner };
  const found = new Map<Call, Rendering[]>();
  valuesOf(program, fn, within, new Map(), (call, names) => {
    const asked = renderedBy(program, call, view);
    if (asked === undefined) return;
    const at = (node: Expression): Given | undefined => valueOf(program, { module: fn.module, node }, within, names);
    const context = asked.context === undefined ? undefined : at(asked.context);
    const chosen = typeof asked.template === 'string' ? asked.template : at(asked.template);
    const templates = typeof chosen === 'string' ? [chosen] : chosen?.kind === 'texts' ? chosen.texts : [];
    const given = known(program, context?.kind === 'names' ? new Map(context.names) : new Map());
    found.set(
      call.node,
      templates.map((template) => ({ template, names: given, handler: fn.node.name, call })),
    );
  });
  return [...found.values()].flat();
}

interface Asked {
  readonly template: Expression | string;
  readonly context: Expression | undefined;
}

/**
 * https://docs.djangoproject.com/en/5.2/topics/http/shortcuts/#render
 * https://docs.djangoproject.com/en/5.2/ref/template-response/
 * https://www.django-rest-framework.org/api-guide/renderers/#templatehtmlrenderer
 */
function renderedBy(
  program: Program,
  { module, node }: PythonPlace<Call>,
  view: ClassView | undefined,
): Asked | undefined {
  const { func, args, keywords } = node;
  const name = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
  const argument = (place: number, ...names: string[]): Expression | undefined =>
    args[place] ?? keywords.find((one) => names.includes(one.name ?? ''))?.value;
  const both = (template: Expression | string | undefined, context: Expression | undefined): Asked | undefined =>
    template === undefined ? undefined : { template, context };
  switch (name) {
    case 'render':
      if (func.type === 'Attribute' && isTemplate(program, { module, node: func.value }) !== undefined)
        return both(isTemplate(program, { module, node: func.value }), argument(0, 'context'));
      return isDjangos(program, module, func) ? both(argument(1, 'template_name'), argument(2, 'context')) : undefined;
    case 'TemplateResponse':
      return isDjangos(program, module, func) ? both(argument(1, 'template'), argument(2, 'context')) : undefined;
    case 'SimpleTemplateResponse':
      return isDjangos(program, module, func) ? both(argument(0, 'template'), argument(1, 'context')) : undefined;
    case 'render_to_string':
      return isDjangos(program, module, func) ? both(argument(0, 'template_name'), argument(1, 'context')) : undefined;
    case 'render_to_response':
      return func.type === 'Attribute' && func.value.type === 'Name' && func.value.id === 'self'
        ? both(view?.template, argument(0, 'context'))
        : undefined;
    case 'Response':
      return both(keywords.find((one) => one.name === 'template_name')?.value, argument(0, 'data'));
    default:
      return undefined;
  }
}

function isDjangos(program: Program, module: PythonModule, node: Expression): boolean {
  const [target] = program.pythonCode.resolve({ module, node });
  return target?.kind === 'library' && target.name.startsWith('django.');
}

/** `get_template("books.html")`, also by a variable. */
function isTemplate(program: Program, { module, node }: PythonPlace<Expression>): Expression | undefined {
  const [target] = program.pythonCode.resolve({ module, node });
  if (target?.kind !== 'library' || !/\.(?:get|select)_template\(\)$/.test(target.name)) return undefined;
  return target.call?.node.args[0];
}
