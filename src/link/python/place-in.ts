import type { Frame } from './interpreter.js';
import type { Location } from '../../location.js';
import { locate } from '../../parse/document.js';

/** Where a node of the code that `frame` runs stands. */
export function placeIn(frame: Frame, node: { readonly start: number; readonly end: number }): Location {
  return locate(frame.module.document, node);
}
