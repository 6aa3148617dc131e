import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Location } from '../../location.js';
import { ofMember, type SerializedRelation } from './asked-of-row.js';
import type { QuerySet, Row as HeldRow } from './held.js';
import type { Model } from './models.js';
import { leadsTo } from './querysets.js';
import type { Given } from './given.js';

/** A query whose rows a template goes over. */
export interface ShownList {
  readonly rows: QuerySet;
  /** Where it is written, in a view or in the template itself. */
  readonly at: Location;
  readonly text: string;
  /** In the code; undefined where a template goes over a relation of a row that it was given. */
  readonly written: PythonPlace | undefined;
}

/** What a name in a template stands for. */
export type Bound =
  | { readonly kind: 'list'; readonly list: ShownList }
  | ShownRow
  /** Rows of a relation of rows. */
  | { readonly kind: 'related'; readonly row: ShownRow; readonly known: string | undefined }
  /** One row by itself. */
  | { readonly kind: 'single'; readonly row: HeldRow }
  | { readonly kind: 'names'; readonly names: Names }
  /** A list whose entries hold names. */
  | { readonly kind: 'each'; readonly names: Names }
  /** Rows that a tag put into groups, and a filter: `qs`. */
  | { readonly kind: 'holder'; readonly list: ShownList; readonly grouped?: true };

export interface ShownRow {
  readonly kind: 'row';
  readonly list: ShownList;
  readonly model: Model;
  readonly path: readonly string[];
  /** One of the steps is many-valued. */
  readonly many: boolean;
  /** The relation that leads back to where the row came from. */
  readonly known: string | undefined;
}

export type Names = ReadonlyMap<string, Bound>;

/** A relation, or something else that is asked of a row. */
export interface Reached {
  readonly row: ShownRow;
  readonly path: string;
  readonly many: boolean;
  /** Nothing but its number is wanted. */
  readonly counted: boolean;
  /** It is asked again whatever came with the row. */
  readonly anew: boolean;
  readonly text: string;
  /** Where the project's code asks it. */
  readonly inside?: PythonPlace | undefined;
}

interface Chain {
  readonly end: Bound | undefined;
  readonly steps: readonly Reached[];
}

/** Answered by what was prefetched. */
const FROM_MEMORY = /^(?:all|count|exists|first)$/;
/** https://docs.djangoproject.com/en/5.2/ref/models/querysets/ */
const ANEW =
  /^(?:last|latest|earliest|filter|exclude|order_by|values|values_list|distinct|aggregate|annotate|select_related|prefetch_related|get|reverse|dates|datetimes|in_bulk)$/;
const DEEPEST = 8;
/** So many rows need no other way. */
const FEW = 10;

/** What views hand over, as a template knows it. */
export function boundTo(program: Program, given: Given): Bound | undefined {
  switch (given.kind) {
    case 'rows':
    case 'holder': {
      const { rows, written } = given.kind === 'rows' ? given : given.list;
      if (rows.opaque || rows.empty === true) return undefined;
      const { document } = written.module;
      const text = document.text.slice(written.node.start, written.node.end).replace(/\s+/g, ' ');
      const list = {
        rows,
        at: program.pythonCode.locate(written),
        text: text.length > 60 ? `${text.slice(0, 57)}...` : text,
        written,
      };
      return given.kind === 'rows' ? { kind: 'list', list } : { kind: 'holder', list };
    }
    case 'row':
      return rowOfList(program, given) ?? { kind: 'single', row: given.row };
    case 'names':
      return { kind: 'names', names: namesOf(program, given.names) };
    case 'each':
      return { kind: 'each', names: namesOf(program, given.names) };
    default:
      return undefined;
  }
}

/** One of the rows that a loop of a view went over, before it was handed on. */
function rowOfList(program: Program, { row, written }: Extract<Given, { kind: 'row' }>): Bound | undefined {
  if (row.from === undefined || written === undefined || (row.from.queryset.most ?? Infinity) <= FEW) return undefined;
  const list = boundTo(program, { kind: 'rows', rows: row.from.queryset, written });
  return list?.kind === 'list'
    ? { kind: 'row', list: list.list, model: row.model, path: row.path, many: false, known: undefined }
    : undefined;
}

export function namesOf(program: Program, given: ReadonlyMap<string, Given>): Map<string, Bound> {
  const names = new Map<string, Bound>();
  for (const [name, one] of given) {
    const bound = boundTo(program, one);
    if (bound !== undefined) names.set(name, bound);
  }
  return names;
}

/** What a dotted name of a template leads to, and what is asked of rows on the way; `at` is where it stands. */
export function reached(program: Program, chain: string, names: Names, at: Location): Chain {
  const [first = '', ...rest] = chain.split('.');
  let bound = names.get(first);
  const steps: Reached[] = [];
  for (const [i, name] of rest.slice(0, DEEPEST).entries()) {
    if (bound === undefined) return { end: undefined, steps };
    if (bound.kind === 'row') return ofRow(program, bound, rest.slice(i), [first, ...rest.slice(0, i)], steps);
    bound = stepFrom(program, bound, name, chain, at);
  }
  return { end: bound, steps };
}

/** One step from what is no row of a list. */
function stepFrom(program: Program, bound: Bound, name: string, chain: string, at: Location): Bound | undefined {
  switch (bound.kind) {
    case 'list':
      return /^(?:all|object_list)$/.test(name) ? bound : undefined;
    case 'holder':
      return name === (bound.grouped === true ? 'list' : 'qs') ? { kind: 'list', list: bound.list } : undefined;
    case 'names':
      return bound.names.get(name);
    case 'single': {
      const held = leadsTo(program, bound.row, name);
      if (held?.kind === 'row') return { kind: 'single', row: held };
      return held?.kind === 'queryset' && !held.opaque && held.empty !== true && !isChosen(bound.row.model, name)
        ? { kind: 'list', list: { rows: held, at, text: chain, written: undefined } }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Tags, categories or groups of one row are a handful: many-to-many where it is declared, and of other rows than its own. */
function isChosen(model: Model, name: string): boolean {
  const relation = model.relations.get(name);
  if (relation?.to !== 'many' || relation.back === undefined || relation.target === model) return false;
  return relation.target?.relations.get(relation.back)?.to === 'many';
}

function ofRow(
  program: Program,
  from: ShownRow,
  rest: readonly string[],
  before: readonly string[],
  steps: Reached[],
): Chain {
  let row = from;
  for (const [i, name] of rest.entries()) {
    const text = [...before, ...rest.slice(0, i + 1)].join('.');
    const relation = row.model.relations.get(name);
    if (relation === undefined) {
      steps.push(...ofOwn(program, row, name, text));
      return { end: undefined, steps };
    }
    if (name === row.known) return { end: undefined, steps };
    const path = [...row.path, name];
    const many = row.many || relation.to === 'many';
    const asks = rest[i + 1] ?? '';
    const step = {
      row,
      path: path.join('__'),
      many: many || relation.to === 'generic',
      counted: false,
      anew: false,
      text,
    };
    if (relation.to === 'many') {
      if (FROM_MEMORY.test(asks))
        steps.push({ ...step, counted: row.path.length === 0 && (asks === 'count' || rest[i + 2] === 'count') });
      else if (ANEW.test(asks)) steps.push({ ...step, anew: true, text: `${text}.${asks}` });
      if (relation.target === undefined) return { end: undefined, steps };
      row = { ...row, model: relation.target, path, many, known: undefined };
      const all = asks === 'all' && rest.length === i + 2;
      return { end: all ? { kind: 'related', row, known: relation.back } : undefined, steps };
    }
    steps.push(step);
    if (relation.target === undefined) {
      return { end: undefined, steps };
    }
    row = { ...row, model: relation.target, path, many, known: undefined };
  }
  return { end: row, steps };
}

/** What a method or property of a row asks; `__str__` where the row itself is shown. */
export function ofOwn(program: Program, row: ShownRow, name: string, text: string): Reached[] {
  const found = stepsOf(row, ofMember(program, row.model, name), name, text);
  if (found.length > 0 || name === '__str__') return found;
  // A method that gives a query, which is asked where the template goes over it.
  const held = leadsTo(program, { kind: 'row', model: row.model, from: undefined, path: [] }, name);
  if (held?.kind !== 'queryset' || held.empty === true || held.inMemory === true) return [];
  return [{ row, path: [...row.path, name].join('__'), many: true, counted: false, anew: true, text }];
}

/** What code asks of a row that it is handed, as steps from the row on. */
export function stepsOf(row: ShownRow, asks: readonly SerializedRelation[], name: string, text: string): Reached[] {
  return asks
    .map(({ path, many, anew, place }): Reached => {
      const steps = [...row.path, ...(anew ? [name] : path === '' ? [] : path.split('__'))];
      return { row, path: steps.join('__'), many: many || row.many, counted: false, anew, text, inside: place };
    })
    .filter((one) => one.path !== '' && leavesKnown(row, one));
}

/** Rows that are reached from their owner know it. */
function leavesKnown(row: ShownRow, { path, anew }: Reached): boolean {
  return anew || row.known === undefined || path.split('__')[row.path.length] !== row.known;
}
