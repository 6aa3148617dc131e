import type { QuerySet } from './held.js';

export const FOR_ALL =
  'one query for all before the loop, with filter(..._in=...), in_bulk() or annotate(), and what it finds handed on';

export const WRITE_ALL = 'one bulk_create(), bulk_update(), update() or delete() for all after the loop';

export const WRITE_LATER =
  'one bulk_create() or bulk_update() for all where that is possible, else a task of the queue that does it after the answer';

export const ATTRIBUTE =
  'Prefetch(..., queryset=..., to_attr="...") where the rows come from, and that attribute read here';

export const BY_INDEX = 'the rows read once before the loop, with list() or in_bulk(keys), and taken from there';

export const WHOLE_TREE = 'all rows of the tree with one query, put together by their parents in memory';

/** What asks for all entries of a loop at once. */
export function remedyOf({ model }: QuerySet): string {
  return `one query before the loop: ${model.name}.objects.in_bulk(keys), filter(pk__in=keys) or annotate() of the outer one`;
}

/** What writes all entries of a loop at once; of a relation that rows are put into its name counts, else that of the model. */
export function writeRemedy(written: string, name: string): string {
  const method = written.replace(/^a(?!dd$)/, '');
  if (/^(?:add|remove)$/.test(method)) return `one .${name}.${method}(*rows) after the loop`;
  if (method === 'save') return `${name}.objects.bulk_update(rows, ["..."]) after the loop`;
  if (method === 'create') return `${name}.objects.bulk_create(rows) after the loop`;
  if (method === 'delete') return `${name}.objects.filter(pk__in=keys).delete() after the loop`;
  if (method.endsWith('or_create'))
    return `${name}.objects.bulk_create(rows, update_conflicts=True, unique_fields=[...], update_fields=[...]) after the loop`;
  return `one ${name}.objects.filter(pk__in=keys).${method}(...) after the loop`;
}
