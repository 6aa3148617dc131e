import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Expression, Parameter } from '../../parse/python/ast.js';
import type { Model } from './models.js';

/** What of the database an expression holds. */
export type Held = QuerySet | Row | Values | { readonly kind: 'scalar' };

/** `books.values("title")`: rows of columns, asked for anew wherever they are gone over. */
export interface Values {
  readonly kind: 'values';
  readonly ofRow: Row | undefined;
}

export interface QuerySet {
  readonly kind: 'queryset';
  readonly model: Model;
  /** Relations that come with the rows: `author`, `author__country`, `tags`; '*' for all that lead to one. */
  readonly brought: ReadonlySet<string>;
  /** A slice, or a page. */
  readonly limited: boolean;
  /** As many rows as a slice takes at most, where it says so. */
  readonly most?: number | undefined;
  /** What narrows it: texts of what it is filtered by. */
  readonly filtered: boolean;
  /** `none()`. */
  readonly empty?: boolean;
  /** A method of the project was called on it, which may bring relations as well. */
  readonly opaque: boolean;
  /** The row whose relation it is: `order.items.all()`, and the name of that. */
  readonly ofRow: Row | undefined;
  readonly relation?: string | undefined;
  /** Of such rows: they are asked for once more, whatever came with the row. */
  readonly asked?: boolean;
  /** A function is given it as it is, so that others may have read its rows already. */
  readonly handed?: boolean;
  /** A list or set of rows, which has none of the methods of a query. */
  readonly inMemory?: boolean;
}

export interface Row {
  readonly kind: 'row';
  readonly model: Model;
  /** The rows that it is one of, where a loop goes over them: over this expression. */
  readonly from: { readonly queryset: QuerySet; readonly iterated: Expression } | undefined;
  /** The parameter of the function that is handed it. */
  readonly parameter?: Parameter | undefined;
  /** Who asks: nobody brings relations with that row. */
  readonly alone?: true;
  /** Relations that lead here from a row of `from`: ['author', 'country']. */
  readonly path: readonly string[];
}

/** What an expression holds, as the room that follows expressions tells it. */
export type HeldBy = (place: PythonPlace<Expression>, depth: number) => Held | undefined;
