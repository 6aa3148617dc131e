import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef } from '../../parse/python/ast.js';
import { listViewsOf, type ListView } from './list-views.js';
import { managesByItself } from './managers.js';
import type { Names } from './method-flow.js';
import { listOf } from './querysets.js';
import { namesIn, quoted, type Given, type Within } from './given.js';
import { put } from './joined-givens.js';
import { valueOf, valuesOf } from './view-values.js';

/** A class of Django's that renders a template, with what it is given. */
export interface ClassView {
  readonly place: PythonPlace<ClassDef>;
  readonly within: Within;
  /** What Django renders where the class does not say it otherwise. */
  readonly template: string | undefined;
  /** Whether it answers requests by itself, as far as its methods tell. */
  readonly whole: boolean;
}

/** https://docs.djangoproject.com/en/5.2/ref/class-based-views/ */
const RENDERS = /(?:^|\.)\w*(?:List|Detail|Update|Delete|Create|Form|Template|Archive|Year|Month|Day|Date)\w*View$/;
const OF_ONE = /(?:^|\.)\w*(?:Detail|Update|Delete)\w*View$/;
const DEEPEST = 5;

/** Views that are classes of Django or made of them. */
export function classViewsOf(program: Program): readonly ClassView[] {
  return program.memo('django:class-views', () => {
    const { pythonCode } = program;
    const found: ClassView[] = [];
    const lists = new Map(listViewsOf(program).map((one) => [one.place.node, one]));
    for (const module of pythonCode.modulesWith(/^class\s+\w+\([^)]{0,400}(?:View|Mixin)\b/m))
      for (const node of module.document.tree.body) {
        if (node.type !== 'ClassDef' || node.bases.length === 0) continue;
        const place = { module, node };
        const { libraries } = pythonCode.ancestry(place);
        if (!libraries.some((one) => RENDERS.test(one)) || libraries.some((one) => one.startsWith('rest_framework')))
          continue;
        found.push(
          classView(
            program,
            place,
            lists.get(node),
            libraries.some((one) => OF_ONE.test(one)),
          ),
        );
      }
    return found;
  });
}

function classView(
  program: Program,
  place: PythonPlace<ClassDef>,
  list: ListView | undefined,
  ofOne: boolean,
): ClassView {
  const { pythonCode } = program;
  const base = new Map<string, Given>();
  const named = textOfMember(program, place, 'context_object_name');
  const rows =
    list !== undefined && !list.serialises && !managesByItself(program, list.rows.model.place, 'objects')
      ? ({ kind: 'rows', rows: list.rows, written: list.written } as const)
      : undefined;
  const model = rows?.rows.model ?? (ofOne ? listOf(program, place)?.model : undefined);
  if (rows !== undefined)
    for (const name of ['object_list', 'page_obj', named ?? `${rows.rows.model.name.toLowerCase()}_list`])
      base.set(name, rows);
  else if (ofOne && model !== undefined)
    for (const name of ['object', named ?? model.name.toLowerCase()])
      base.set(name, { kind: 'row', row: { kind: 'row', model, from: undefined, path: [] } });
  const whole = (): ReadonlyMap<string, Given> =>
    program.memo(`django:context ${place.module.path} ${String(place.node.start)}`, () =>
      fromClasses(program, within, pythonCode.ancestry(place).own, base, 0),
    );
  const within: Within = { view: place, whole, list: rows };
  const suffix = textOfMember(program, place, 'template_name_suffix') ?? (rows !== undefined ? '_list' : '_detail');
  // The app is the folder of the models.
  const app = model === undefined ? undefined : /([^/]+)\/models(?:\.py$|\/)/.exec(model.place.module.path)?.[1];
  const template =
    pythonCode.member(place, 'template_name') !== undefined
      ? textOfMember(program, place, 'template_name')
      : app === undefined || model === undefined
        ? undefined
        : `${app}/${model.name.toLowerCase()}${suffix}.html`;
  const own = ['get_template_names', 'render_to_response', 'paginate_queryset', 'get_context_object_name', 'get'];
  const rendersAlone = own.every((name) => pythonCode.member(place, name) === undefined);
  return { place, within, template, whole: rendersAlone };
}

export function textOfMember(program: Program, of: PythonPlace<ClassDef>, name: string): string | undefined {
  const member = program.pythonCode.member(of, name);
  return member?.definition.kind === 'value' ? quoted(member.definition.node) : undefined;
}

/** What `get_context_data()` of a view gives, the nearest of its classes first. */
function fromClasses(
  program: Program,
  within: Within,
  classes: readonly PythonPlace<ClassDef>[],
  base: ReadonlyMap<string, Given>,
  depth: number,
): ReadonlyMap<string, Given> {
  for (const [i, owner] of classes.entries()) {
    const method = owner.node.body.find((one) => one.type === 'FunctionDef' && one.name === 'get_context_data');
    if (method?.type !== 'FunctionDef') continue;
    const above = (): ReadonlyMap<string, Given> =>
      depth > DEEPEST ? base : fromClasses(program, within, classes.slice(i + 1), base, depth + 1);
    const names: Names<Given> = new Map();
    for (const { name, kind } of method.params.list)
      if (kind === 'kwarg') names.set(name, { kind: 'names', names: new Map() });
    const all = valuesOf(
      program,
      { module: owner.module, node: method },
      { view: within.view, list: within.list, above },
      names,
    );
    const found = new Map<string, Given>();
    for (const one of all) for (const [name, value] of namesIn(one)) put(found, name, value);
    return found;
  }
  const { view } = within;
  const extra = view === undefined ? undefined : program.pythonCode.member(view, 'extra_context');
  if (extra?.definition.kind !== 'value') return base;
  const place = { module: extra.owner.module, node: extra.definition.node };
  return new Map([...base, ...namesIn(valueOf(program, place, { view }, new Map()))]);
}
