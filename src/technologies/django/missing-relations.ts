import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { mayBeBroughtUnseen } from './brought-anywhere.js';
import type { Row, QuerySet } from './held.js';
import type { Model, Relation } from './models.js';
import { ANYTHING } from './queryset-methods.js';

/** A relation that the rows of a loop do not bring with them, by its path from the row on. */
export interface MissingRelation {
  readonly path: string;
  readonly many: boolean;
  readonly place: PythonPlace;
}

/** Whether a relation of the rows of a loop is asked for again; silent where anything may have brought it. */
export function isMissing(program: Program, queryset: QuerySet, path: readonly string[], toOne: boolean): boolean {
  const name = path.join('__');
  if (mayBeUnseen(program, queryset, path) || isAssigned(queryset, path) || mayBeBrought(program, queryset, name))
    return false;
  if (isBelowUnseen(queryset.brought, path)) return false;
  return !queryset.brought.has(name) && !(toOne && queryset.brought.has('*') && isJoinedByAll(queryset.model, path));
}

/** Whether a query that is not followed may bring it; below a row whose query is not, only what anything brings by its name. */
function mayBeUnseen(program: Program, { opaque, relation, ofRow, asked }: QuerySet, path: readonly string[]): boolean {
  if (!opaque || relation === undefined || ofRow?.from === undefined || asked === true) return opaque;
  return mayBeBroughtUnseen(program, [...ofRow.path, relation, ...path].join('__'));
}

/** https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-related */
const FURTHEST = 5;

/** Whether `select_related()` without names follows the way: relations to one row that every row has. */
export function isJoinedByAll(model: Model, path: readonly string[]): boolean {
  let at: Model | undefined = model;
  for (const step of path) {
    const relation: Relation | undefined = at?.relations.get(step);
    if (relation === undefined) return at === undefined;
    if (relation.to !== 'one' || relation.optional === true) return false;
    at = relation.target;
  }
  return path.length <= FURTHEST;
}

/** Whether a way from the rows on came with them, as far as can be told: also by queries that were handed on. */
export function isWayBrought(program: Program, rows: QuerySet, steps: readonly string[], toOne: boolean): boolean {
  const path = steps.join('__');
  if (rows.brought.has(path) || mayBeBrought(program, rows, path)) return true;
  if (toOne && rows.brought.has('*') && isJoinedByAll(rows.model, steps)) return true;
  return isBelowUnseen(rows.brought, steps);
}

/** Whether a query that is not followed brings what a way begins with: `Prefetch("lines", queryset=lines_of(user))`. */
export function isBelowUnseen(brought: ReadonlySet<string>, steps: readonly string[]): boolean {
  return steps.some((_, i) => brought.has([...steps.slice(0, i), ANYTHING].join('__')));
}

/** Whether one of the steps to a relation leads to many rows. */
export function viaMany(row: Row): boolean {
  let model = (row.from?.queryset ?? row).model;
  for (const step of row.path) {
    const relation = model.relations.get(step);
    if (relation?.to !== 'one') return true;
    if (relation.target === undefined) return false;
    model = relation.target;
  }
  return false;
}

/** Of rows that belong to a row from elsewhere somebody may have asked for more: `prefetch_related("members__user")`. */
export function mayBeBrought(program: Program, { ofRow, relation }: QuerySet, name: string): boolean {
  if (relation === undefined || ofRow?.from !== undefined) return false;
  const [first = ''] = name.split('__');
  if (longPaths(program).has(`${relation}__${first}`)) return true;
  return program.pythonCode.memo(`django:brought ${relation} ${first}`, () => {
    const written = new RegExp(`["'](?:\\w{1,80}__)?${relation}["']\\s{0,80},[^)]{0,400}\\b${first}\\b`);
    return prefetching(program).some((text) => written.test(text));
  });
}

/** Each two steps that follow each other in a text such as "members__user__country". */
function longPaths(program: Program): ReadonlySet<string> {
  return program.pythonCode.memo('django:long-paths', () => {
    const found = new Set<string>();
    for (const { document } of program.pythonCode.modulesWith(/["']\w+__\w/))
      for (const [path] of document.text.matchAll(/(?<=["'])\w+__\w+/g)) {
        const steps = path.split('__');
        for (const [i, step] of steps.entries()) if (i > 0) found.add(`${steps[i - 1] ?? ''}__${step}`);
      }
    return found;
  });
}

function prefetching(program: Program): readonly string[] {
  return program.pythonCode.memo('django:prefetching', () =>
    program.pythonCode.modulesWith(/prefetch|select_related/i).map(({ document }) => document.text),
  );
}

/** Rows that come from their owner know it. */
function isAssigned({ ofRow, relation }: QuerySet, path: readonly string[]): boolean {
  const back = relation === undefined ? undefined : ofRow?.model.relations.get(relation)?.back;
  return path.length === 2 && back !== undefined && path[0] === back;
}

/** What brings all relations that a loop misses: the longest paths bring what leads to them. */
export function bringing(all: readonly MissingRelation[]): string {
  const call = (method: string, some: readonly MissingRelation[]): string => {
    const paths = [...new Set(some.map(({ path }) => path))];
    const longest = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}__`)));
    return longest.length === 0 ? '' : `.${method}(${longest.map((path) => `"${path}"`).join(', ')})`;
  };
  const one = all.filter(({ many }) => !many);
  const many = all.filter((other) => other.many);
  return `${call('select_related', one)}${call('prefetch_related', many)} where the rows come from`;
}
