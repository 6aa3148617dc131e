import type { Expression } from '../../parse/python/ast.js';
import { namesIn, type Given } from './given.js';
import { eitherOf } from './query-step.js';
import { rowOf } from './queryset-methods.js';

/** Either of what branches give. */
export function either(one: Given, other: Given): Given | undefined {
  if (one.kind === 'rows' && other.kind === 'rows') {
    const rows = eitherOf(one.rows, other.rows);
    // What is shown to nobody is not where they come from.
    const from = one.rows.empty === true ? other : one;
    return rows?.kind === 'queryset' ? { ...from, rows } : undefined;
  }
  if (one.kind === 'texts' && other.kind === 'texts') return { ...one, texts: [...one.texts, ...other.texts] };
  if (one.kind === 'row' && other.kind === 'row') return one.row.model === other.row.model ? one : undefined;
  if ((one.kind !== 'names' && one.kind !== 'each') || (other.kind !== 'names' && other.kind !== 'each'))
    return undefined;
  if (one.kind !== other.kind) return undefined;
  const names = new Map(one.names);
  for (const [name, value] of other.names) put(names, name, value);
  return { kind: one.kind, names };
}

export function put(context: Map<string, Given>, name: string, value: Given | undefined): void {
  const before = context.get(name);
  // Another branch may have given it already.
  const both = value?.kind === 'rows' && before?.kind === 'rows' ? either(value, before) : value;
  if (both === undefined) context.delete(name);
  else context.set(name, both);
}

/** What a loop over it gets. */
export function elementOf(over: Given | undefined, iterated: Expression): Given | undefined {
  if (over?.kind === 'rows') return { kind: 'row', row: rowOf(over.rows, iterated), written: over.written };
  return over?.kind === 'each' ? { kind: 'names', names: over.names } : undefined;
}

export function eachOf(entries: readonly (Given | undefined)[]): Given {
  const names = new Map<string, Given>();
  for (const one of entries) for (const [name, value] of namesIn(one)) put(names, name, value);
  return { kind: 'each', names };
}
