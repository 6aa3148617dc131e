import type { Call, Expression, Node, Subscript } from '../../parse/python/ast.js';
import type { Held, QuerySet, Row } from './held.js';

/** Stands for whatever a query that was not followed brings: by itself, or with a relation (`items__?`). */
export const ANYTHING = '?';

/** https://docs.djangoproject.com/en/5.2/ref/models/querysets/#methods-that-return-new-querysets */
const SAME =
  /^(?:all|filter|exclude|order_by|reverse|distinct|annotate|alias|using|only|defer|select_for_update|extra|union|intersection|difference|iterator|none|get_queryset|complex_filter|dates|datetimes)$/;
const NARROWS = /^(?:filter|exclude|none|complex_filter)$/;
const ONE = /^(?:get|first|last|latest|earliest|create|get_or_create|update_or_create|aget|afirst|alast|acreate)$/;
const SCALAR =
  /^(?:count|exists|aggregate|update|delete|bulk_create|bulk_update|in_bulk|contains|acount|aexists|explain)$/;
/** Methods that ask the database at once. */
export const ASKS =
  /^(?:get|first|last|latest|earliest|count|exists|aggregate|in_bulk|get_or_create|update_or_create|create|update|delete|contains|aget|afirst|acount|aexists|acreate)$/;

/** Methods of a relation that what was prefetched does not answer. */
const ANEW =
  /^(?:filter|exclude|order_by|reverse|distinct|values|values_list|annotate|alias|aggregate|select_related|prefetch_related|only|defer|extra|using|get|latest|earliest|in_bulk|dates|datetimes|union|intersection|difference)$/;

/** Whether a relation is asked again whatever was prefetched: `book.tags.all().order_by("name")`; the nodes above it tell. */
export function asksAnew(parents: readonly Node[]): boolean {
  for (let i = parents.length - 1; i >= 0; i--) {
    const node = parents[i];
    if (node?.type === 'Attribute') {
      if (ANEW.test(node.attr)) return true;
    } else if (node?.type !== 'Call' || node.func !== parents[i + 1]) return false;
  }
  return false;
}

/** Methods that every query has. */
export function isQuerySetMethod(name: string): boolean {
  return (
    SAME.test(name) ||
    ONE.test(name) ||
    SCALAR.test(name) ||
    /^(?:select_related|prefetch_related|values|values_list)$/.test(name)
  );
}

/** What follows `values()` is as it is, until it is counted or one is taken. */
export function afterValues(values: Held, method: string): Held {
  return SAME.test(method) || method.startsWith('values') ? values : { kind: 'scalar' };
}

/** The relations that an expression names which is no text; undefined where that is not known. */
export type NamesIn = (node: Expression) => readonly string[] | undefined;

/** Methods of libraries that may bring relations, by their names. */
const MAY_BRING = /prefetch|related|eager|full|detail|expand|includ|seriali|optimi|with_|api|preload|join/i;

export function afterMethod(before: QuerySet, method: string, call: Call, namesIn: NamesIn): Held | undefined {
  const base = { ...(ANEW.test(method) ? askedAnew(before) : before), handed: false };
  if (method === 'select_related' || method === 'prefetch_related') {
    if (method === 'select_related' && call.args.length === 0)
      return { ...base, brought: new Set([...base.brought, '*']) };
    const names = call.args.flatMap((one) => {
      const name = relationName(one);
      return name !== undefined ? [name] : (namesIn(one) ?? [ANYTHING]);
    });
    return {
      ...base,
      brought: new Set([...base.brought, ...names.flatMap(prefixes)]),
      opaque: base.opaque || names.includes(ANYTHING),
    };
  }
  if (method === 'values' || method === 'values_list') return { kind: 'values', ofRow: base.ofRow };
  if (method === 'none') return { ...base, empty: true };
  if (method === 'filter') return { ...base, filtered: true, brought: new Set([...base.brought, ...without(call)]) };
  if (SAME.test(method)) return { ...base, filtered: base.filtered || NARROWS.test(method) };
  if (ONE.test(method)) return /^(?:get_or_create|update_or_create)$/.test(method) ? undefined : rowOf(base, undefined);
  if (SCALAR.test(method)) return { kind: 'scalar' };
  const brought = MAY_BRING.test(method) ? new Set([...base.brought, ANYTHING]) : base.brought;
  return { ...base, filtered: true, opaque: true, asked: true, brought };
}

/** What came with the owner of rows is not in a query that asks for them once more: `book.copies.order_by("shelf")`. */
function askedAnew(base: QuerySet): QuerySet {
  if (base.asked === true || base.relation === undefined || base.ofRow?.from === undefined) return base;
  const back = base.ofRow.model.relations.get(base.relation)?.back;
  return { ...base, brought: new Set(back === undefined ? [] : [back]), opaque: false, asked: true };
}

/** `books[:50]`, and one of them. */
export function afterSubscript(base: QuerySet, { slice }: Subscript): QuerySet | Row {
  if (slice.type !== 'Slice') return rowOf(base, undefined);
  const { upper } = slice;
  const most = upper?.type === 'Constant' && typeof upper.value === 'number' ? upper.value : base.most;
  return { ...base, limited: true, ...(most === undefined ? {} : { most }) };
}

/** `filter(parent=None)`, `filter(parent__isnull=True)`: what no row has is not looked up. */
function without({ keywords }: Call): string[] {
  return keywords.flatMap(({ name, value }) => {
    if (name === null || value.type !== 'Constant') return [];
    if (value.kind === 'none' && !name.includes('__')) return [name];
    const [, relation] = /^(\w+?)__isnull$/.exec(name) ?? [];
    return relation !== undefined && value.value === true && !relation.includes('__') ? [relation] : [];
  });
}

/** `"author__country"` brings the author as well. */
function prefixes(path: string): string[] {
  const parts = path.split('__');
  return parts.map((_, i) => parts.slice(0, i + 1).join('__'));
}

/** A relation as select_related and prefetch_related are given it: a text, or `Prefetch("tags", ...)`. */
function relationName(node: Expression): string | undefined {
  if (node.type === 'Constant' && node.kind === 'str') return node.value;
  const first = node.type === 'Call' ? node.args[0] : undefined;
  return first?.type === 'Constant' && first.kind === 'str' ? first.value : undefined;
}

/** One of the rows of a query, where a loop goes over it by that expression. */
export function rowOf(queryset: QuerySet, iterated: Expression | undefined): Row {
  const from = iterated === undefined ? undefined : { queryset, iterated };
  return { kind: 'row', model: queryset.model, from, path: [] };
}
