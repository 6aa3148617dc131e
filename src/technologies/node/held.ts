import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Node } from '../../parse/javascript/walk.js';

/** Something that lives as long as the process and can be changed, with every place that speaks of it. */
export interface HeldState {
  readonly name: string;
  /** `container` is changed in place; `plain` (a number, null, nothing) only by assigning to it. */
  readonly kind: 'container' | 'counter' | 'plain';
  /** Where it is declared. */
  readonly place: Placed;
  /** The object or class that it is a part of: what holds several such things is told once. */
  readonly owner?: Node;
  readonly mentions: readonly Placed[];
}
