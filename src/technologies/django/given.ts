import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { ClassDef, Expression } from '../../parse/python/ast.js';
import type { QuerySet, Row } from './held.js';

/** What a view hands to a template under one name, as far as that is about rows. */
export type Given =
  | { readonly kind: 'rows'; readonly rows: QuerySet; readonly written: PythonPlace }
  | { readonly kind: 'row'; readonly row: Row; readonly written?: PythonPlace }
  /** A list whose entries are dictionaries, or what any of them holds. */
  | { readonly kind: 'each'; readonly names: Map<string, Given> }
  /** A context, or another dictionary. */
  | { readonly kind: 'names'; readonly names: Map<string, Given> }
  /** What a text may be: names of templates. */
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** A filter of django-filter, whose `qs` is the list that it was given. */
  | { readonly kind: 'holder'; readonly list: Extract<Given, { kind: 'rows' }> };

/** Whose method it is, and what `super().get_context_data()` and that of the view itself give there. */
export interface Within {
  readonly view: PythonPlace<ClassDef> | undefined;
  readonly above?: () => ReadonlyMap<string, Given>;
  readonly whole?: () => ReadonlyMap<string, Given>;
  /** What it lists. */
  readonly list?: Extract<Given, { kind: 'rows' }> | undefined;
}

export function namesIn(given: Given | undefined): ReadonlyMap<string, Given> {
  return given?.kind === 'names' ? given.names : new Map();
}

export function quoted(node: Expression | undefined): string | undefined {
  return node?.type === 'Constant' && node.kind === 'str' ? node.value : undefined;
}
