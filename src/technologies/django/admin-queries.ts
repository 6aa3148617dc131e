import { state, type Stated } from '../../facts/fact.js';
import { repeatedQuery } from '../../facts/repeated-query.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Location } from '../../location.js';
import type { ClassDef, Expression } from '../../parse/python/ast.js';
import { adminClasses } from './admin-models.js';
import { asksIn, ofMember, type SerializedRelation } from './asked-of-row.js';
import { quoted } from './given.js';
import type { QuerySet } from './held.js';
import { listQuery } from './list-query.js';
import { managesByItself } from './managers.js';
import { isWayBrought } from './missing-relations.js';
import type { Model } from './models.js';
import { written } from './repeated-in-loop.js';
import { nameOf } from './views.js';

/** Places that are shown of one list. */
const SHOWN = 8;

/** What a column of the list asks for. */
interface Asked extends SerializedRelation {
  readonly column: string;
}

/** Lists of the admin whose columns ask again for each of a hundred rows. */
export function* adminQueries(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  const told = new Set<unknown>();
  for (const { place, models } of adminClasses(program).values()) {
    const [model] = models;
    if (model === undefined || models.length > 1) continue;
    if (
      ['get_list_display', 'changelist_view', 'get_changelist'].some(
        (name) => pythonCode.member(place, name) !== undefined,
      )
    )
      continue;
    const columns = columnsOf(program, place);
    const rows = columns === undefined ? undefined : rowsOf(program, place, model, columns.names);
    if (columns === undefined || rows === undefined) continue;
    const missing = columns.names
      .flatMap((one) => askedBy(program, place, model, one))
      .filter((one) => one.anew || !isWayBrought(program, rows, one.path.split('__'), !one.many));
    const relations = missing.filter((one) => !one.anew);
    if (relations.length > 0) {
      const shown = [
        ...new Set(relations.map(({ column, path }) => (column === path ? column : `${path} (${column})`))),
      ];
      const rest = shown.length > 3 ? ` and ${String(shown.length - 3)} more` : '';
      yield state(
        repeatedQuery,
        locationOf(program, columns.at),
        {
          kind: 'relation',
          entries: 'many',
          query: `${shown.slice(0, 3).join(', ')}${rest}`,
          over: `the list of ${model.name} in the admin`,
          handler: place.node.name,
          serves: 'administration',
          remedy: remedyOf(relations),
        },
        relations.slice(0, SHOWN).map((one) => ({
          message: `${one.path.replaceAll('__', '.')} is read of each row here`,
          location: locationOf(program, one.place),
        })),
      );
    }
    for (const one of missing) {
      if (!one.anew || told.has(one.place.node)) continue;
      told.add(one.place.node);
      yield state(
        repeatedQuery,
        pythonCode.locate(one.place),
        {
          kind: 'relation',
          entries: 'many',
          query: written(one.place),
          over: `the list of ${model.name} in the admin`,
          handler: place.node.name,
          serves: 'administration',
          remedy: `annotate() or Prefetch(..., to_attr=...) in get_queryset() of ${place.node.name}, and what it brings read here`,
        },
        [{ message: `the column ${one.column} shows it for each row`, location: locationOf(program, columns.at) }],
      );
    }
  }
}

/** Of a class its name. */
function locationOf(program: Program, { module, node }: PythonPlace): Location {
  return node.type === 'ClassDef' ? nameOf({ module, node }) : program.pythonCode.locate({ module, node });
}

function remedyOf(all: readonly Asked[]): string {
  const names = (some: readonly Asked[]): string => {
    const paths = [...new Set(some.map(({ path }) => path))];
    return paths
      .filter((path) => !paths.some((other) => other.startsWith(`${path}__`)))
      .map((path) => `"${path}"`)
      .join(', ');
  };
  const one = names(all.filter(({ many }) => !many));
  const many = names(all.filter((each) => each.many));
  return [
    ...(one === '' ? [] : [`list_select_related = (${one},)`]),
    ...(many === '' ? [] : [`get_queryset() with .prefetch_related(${many})`]),
  ].join(', and ');
}

/** The columns of the list; undefined where they are not written out. */
function columnsOf(
  program: Program,
  admin: PythonPlace<ClassDef>,
): { readonly names: readonly string[]; readonly at: PythonPlace } | undefined {
  const member = program.pythonCode.member(admin, 'list_display');
  // https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#django.contrib.admin.ModelAdmin.list_display
  if (member === undefined) {
    const { libraries } = program.pythonCode.ancestry(admin);
    // Classes of libraries have columns of their own.
    const plain = libraries.every(
      (one) => /^django\.contrib\.(?:gis\.)?admin\b/.test(one) || one === 'builtins.object',
    );
    return plain ? { names: ['__str__'], at: admin } : undefined;
  }
  if (member.definition.kind !== 'value') return undefined;
  const at = { module: member.owner.module, node: member.definition.node };
  const names = textsIn(program, at, 0);
  return names === undefined ? undefined : { names, at };
}

function textsIn(program: Program, { module, node }: PythonPlace<Expression>, depth: number): string[] | undefined {
  if (depth > 4) return undefined;
  if (node.type === 'List' || node.type === 'Tuple')
    // Functions among them are left out.
    return node.elts.flatMap((one) => quoted(one) ?? []);
  if (node.type === 'BinOp') {
    const own = [node.left, node.right].map((one) => textsIn(program, { module, node: one }, depth + 1));
    return own.flatMap((one) => one ?? []);
  }
  const [target] = program.pythonCode.resolve({ module, node });
  return target?.kind === 'value' && target.at.node !== node ? textsIn(program, target.at, depth + 1) : undefined;
}

/** What a column asks of each row: a relation, a method of the class or one of the model. */
function askedBy(program: Program, admin: PythonPlace<ClassDef>, model: Model, column: string): Asked[] {
  const { pythonCode } = program;
  const member = pythonCode.member(admin, column);
  if (member?.definition.kind === 'function') {
    const fn = { module: member.owner.module, node: member.definition.node };
    const [, row] = fn.node.params.list;
    return row === undefined ? [] : asksIn(program, fn, row.name).map((one) => ({ ...one, column }));
  }
  const relation = model.relations.get(column);
  if (relation === undefined) return ofMember(program, model, column).map((one) => ({ ...one, column }));
  if (relation.to !== 'one') return [];
  const at = columnsOf(program, admin)?.at ?? admin;
  const shown = relation.target === undefined ? [] : ofMember(program, relation.target, '__str__');
  return [
    { path: column, many: false, anew: false, place: at, column },
    ...shown.map((one) => ({ ...one, path: one.path === '' ? column : `${column}__${one.path}`, column })),
  ];
}

/** https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#django.contrib.admin.ModelAdmin.list_select_related */
function rowsOf(
  program: Program,
  admin: PythonPlace<ClassDef>,
  model: Model,
  columns: readonly string[],
): QuerySet | undefined {
  const { pythonCode } = program;
  if (managesByItself(program, model.place, 'objects')) return undefined;
  const all: QuerySet = {
    kind: 'queryset',
    model,
    brought: new Set(),
    limited: true,
    filtered: false,
    opaque: false,
    ofRow: undefined,
  };
  const own = pythonCode.member(admin, 'get_queryset');
  const rows = own === undefined ? all : listQuery(program, { view: admin, action: 'list', all });
  if (rows === undefined || rows.opaque || pythonCode.member(admin, 'get_list_select_related') !== undefined)
    return undefined;
  // What selects relations itself is left as it is.
  if (own !== undefined && /\bselect_related\(/.test(textOf(own.owner, own.definition.node))) return rows;
  const named = pythonCode.member(admin, 'list_select_related');
  if (named?.definition.kind === 'value') {
    const { node } = named.definition;
    const texts = textsIn(program, { module: named.owner.module, node }, 0);
    if (texts !== undefined) return { ...rows, brought: new Set([...rows.brought, ...texts.flatMap(prefixes)]) };
    if (node.type !== 'Constant') return undefined;
    if (node.value === true) return { ...rows, brought: new Set([...rows.brought, '*']) };
  } else if (named !== undefined) return undefined;
  // A relation among the columns makes the admin join all that every row has.
  const joins = columns.some(
    (one) => pythonCode.member(admin, one) === undefined && model.relations.get(one)?.to === 'one',
  );
  return joins ? { ...rows, brought: new Set([...rows.brought, '*']) } : rows;
}

function prefixes(path: string): string[] {
  const steps = path.split('__');
  return steps.map((_, i) => steps.slice(0, i + 1).join('__'));
}

function textOf({ module }: PythonPlace, { start, end }: { readonly start: number; readonly end: number }): string {
  return module.document.text.slice(start, end);
}
