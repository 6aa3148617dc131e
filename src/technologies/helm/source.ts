import type { Document, Range } from '../../parse/document.js';
import type { GoNode, GoTemplateTree } from '../../parse/go-template/node.js';
import { cut } from './functions/text.js';
import type { Piece } from './value.js';

/** A template, or one that another defines. */
export interface Source {
  readonly nodes: readonly GoNode[];
  readonly text: string;
  /** The file; none for a text that values hold, all of which stands at one place. */
  readonly document: Document | undefined;
  readonly place?: Range | undefined;
  /** What such a text is made of. */
  readonly pieces?: readonly Piece[];
}

/** The templates of a file: itself by its path, and those that it defines. */
export function* sourcesOf(document: Document<GoTemplateTree>): Generator<readonly [string, Source]> {
  const { text: whole, tree } = document;
  yield [document.path, { nodes: tree.nodes, text: whole, document }];
  for (const [name, nodes] of tree.defined) yield [name, { nodes, text: whole, document }];
}

/** What stands between two offsets of a text made of pieces. */
export function partsBetween(pieces: readonly Piece[], start: number, end: number): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const [from, until] = [Math.max(0, start - at), Math.min(piece.text.length, end - at)];
    if (until > from) found.push(cut(piece, from, until));
    at += piece.text.length;
    if (at >= end) break;
  }
  return found;
}
