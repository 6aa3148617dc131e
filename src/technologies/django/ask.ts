import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Parameter } from '../../parse/python/ast.js';

/** What a function asks of the database each time it is called. */
export interface Ask {
  /** The parameter whose row it is about; undefined where a query has nothing to do with one. */
  readonly of: Parameter | undefined;
  /** Relations from that row on. */
  readonly path: readonly string[];
  /** Asked whatever came with the row: a query of its own, or a relation that is filtered. */
  readonly anew: boolean;
  readonly many: boolean;
  /** The function changes rows besides, so that reading them at once would mend half of it. */
  readonly writes: boolean;
  /** The function does little else. */
  readonly short: boolean;
  readonly place: PythonPlace;
  /** The row keeps what it found: only as many rows as there are ask. */
  readonly kept?: true;
}

/** A query of its own, whatever rows are at hand. */
export function anewAt(place: PythonPlace, writes = false): Ask {
  return { of: undefined, path: [], anew: true, many: true, writes, short: true, place };
}
