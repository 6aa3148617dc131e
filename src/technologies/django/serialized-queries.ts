import { state, type Stated } from '../../facts/fact.js';
import { repeatedQuery } from '../../facts/repeated-query.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef } from '../../parse/python/ast.js';
import { pythonRequestPath } from '../python-request-path.js';
import type { SerializedRelation } from './asked-of-row.js';
import { mayBeBroughtUnseen } from './brought-anywhere.js';
import type { QuerySet } from './held.js';
import { isBelowUnseen } from './missing-relations.js';
import { isLookupTable } from './lookup-table.js';
import type { Model, Relation } from './models.js';
import { written } from './repeated-in-loop.js';
import { serializedLists, type SerializedList } from './serialized-lists.js';
import { serializedRelations } from './serialized-relations.js';
import { isForStaff } from './staff-only.js';

/** Places that are shown of one list. */
const SHOWN = 8;
/** So many rows need no other way. */
const FEW = 5;

/** Lists of which a serialiser asks for more than the rows brought with them. */
export function* serializedQueries(program: Program): Iterable<Stated> {
  const told = new Set<unknown>();
  for (const list of serializedLists(program)) {
    if (list.rows.empty === true || (list.rows.most ?? FEW + 1) <= FEW) continue;
    const missing = missingOf(program, list);
    if (missing.length === 0) continue;
    if (list.call !== undefined) {
      const path = pythonRequestPath(program, list.call);
      if (path === undefined || path.kind === 'task') continue;
    }
    const relations = missing.filter((one) => !one.anew && !told.has(list.written.node));
    if (relations.length > 0) {
      told.add(list.written.node);
      yield notBrought(program, list, relations);
    }
    for (const one of missing) {
      if (!one.anew || told.has(one.place.node)) continue;
      told.add(one.place.node);
      yield askedAnew(program, list, one);
    }
  }
}

/** Told where the rows come from: that is where they are brought. */
function notBrought(program: Program, list: SerializedList, missing: readonly Missing[]): Stated {
  const { pythonCode } = program;
  const [first] = missing;
  const names = missing.map(({ path }) => path);
  const rest = names.length > 3 ? ` and ${String(names.length - 3)} more` : '';
  return state(
    repeatedQuery,
    pythonCode.locate(list.written),
    {
      kind: 'relation',
      entries: 'many',
      query: `${names.slice(0, 3).join(', ')}${rest} of ${first?.serializer.node.name ?? 'a serializer'}`,
      over: written(list.written),
      handler: list.handler,
      serves: servesOf(program, list),
      remedy: `${bringing(missing, list.rows)} in the query of ${list.handler}`,
    },
    missing.slice(0, SHOWN).map(({ path, place }) => ({
      message: `${path} is read of each row here`,
      location: pythonCode.locate(place),
    })),
  );
}

/** Whom an answer is for, and whether its rows are the few that somebody set up. */
function servesOf(
  program: Program,
  { rows, call, written: at, view }: SerializedList,
): 'list' | 'administration' | 'setup' {
  if (isForStaff(program, call ?? at, view)) return 'administration';
  return isLookupTable(program, rows.model) ? 'setup' : 'list';
}

/** Told where it is asked: nothing that the rows bring would be read there. */
function askedAnew(program: Program, list: SerializedList, { place, serializer }: Missing): Stated {
  const { pythonCode } = program;
  return state(
    repeatedQuery,
    pythonCode.locate(place),
    {
      kind: 'relation',
      entries: 'many',
      query: written(place),
      over: written(list.written),
      handler: list.handler,
      serves: servesOf(program, list),
      remedy:
        'annotate() in the query of the list, or Prefetch(..., queryset=..., to_attr=...) and its attribute read here',
    },
    [
      {
        message: `${serializer.node.name} shows it for each row of this list`,
        location: pythonCode.locate(list.written),
      },
    ],
  );
}

/** What any of its serialisers asks for: each is used for some of the requests. Where one may be for single rows, what all of them do. */
function missingOf(program: Program, { rows, serializers, byAddress }: SerializedList): readonly Missing[] {
  const found = new Map<string, Missing>();
  const askers = new Map<string, number>();
  for (const serializer of serializers)
    for (const one of serializedRelations(program, serializer, rows.model)) {
      if (!isMissing(program, rows, one)) continue;
      const key = one.anew ? `${one.path} ${String(one.place.node.start)}` : one.path;
      askers.set(key, (askers.get(key) ?? 0) + 1);
      if (!found.has(key)) found.set(key, { ...one, serializer });
    }
  const all = [...found];
  return (byAddress === true ? all.filter(([key]) => askers.get(key) === serializers.length) : all).map(
    ([, one]) => one,
  );
}

interface Missing extends SerializedRelation {
  /** Which of them asks for it first. */
  readonly serializer: PythonPlace<ClassDef>;
}

function isMissing(
  program: Program,
  { model, brought, opaque }: QuerySet,
  { path, many, anew }: SerializedRelation,
): boolean {
  if (anew) return true;
  if (leadsBack(model, path)) return false;
  if (
    (opaque && mayBeBroughtUnseen(program, path)) ||
    brought.has(path) ||
    (!many && !path.includes('__') && brought.has('*'))
  )
    return false;
  return !isBelowUnseen(brought, path.split('__'));
}

/** What brings all of it. */
function bringing(relations: readonly SerializedRelation[], rows: QuerySet): string {
  const through = (one: SerializedRelation): boolean => one.many || leadsThroughMany(rows, one.path);
  const call = (method: string, some: readonly SerializedRelation[]): string => {
    const paths = [...new Set(some.map(({ path }) => path))];
    const longest = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}__`)));
    return longest.length === 0 ? '' : `.${method}(${longest.map((path) => `"${path}"`).join(', ')})`;
  };
  const one = relations.filter((each) => !through(each));
  return call('select_related', one) + call('prefetch_related', relations.filter(through));
}

/** Rows that are reached from their owner know it. */
function leadsBack(model: Model, path: string): boolean {
  let at: Model | undefined = model;
  let back: string | undefined;
  for (const step of path.split('__')) {
    if (step === back) return true;
    const relation: Relation | undefined = at?.relations.get(step);
    back = relation?.back;
    at = relation?.target;
  }
  return false;
}

function leadsThroughMany({ model }: QuerySet, path: string): boolean {
  let at: Model | undefined = model;
  for (const step of path.split('__')) {
    const relation: Relation | undefined = at?.relations.get(step);
    if (relation?.to === 'many' || relation?.to === 'generic') return true;
    at = relation?.target;
  }
  return false;
}
