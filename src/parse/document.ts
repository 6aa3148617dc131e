import { regionAt, type LineStarts, type Location } from '../location.js';

/** A comment of the file, for suppressions and expectations: offsets of the whole comment, marker included. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

export interface SyntaxTrouble {
  readonly message: string;
  readonly offset: number;
}

/** What a language makes of a text. `tree` holds what could be read even when there is trouble. */
export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly trouble: readonly SyntaxTrouble[];
  readonly comments: readonly Comment[];
}

/** One folder in `parse/`, found by looking there; its `index.ts` exports `language`. Parsing is pure, synchronous and never throws. */
export interface Language<Tree = unknown> {
  readonly id: string;
  readonly title: string;
  parse(text: string, path: string): Parsed<Tree>;
}

/** The output of `parse`: one file, read and parsed. */
export interface Document<Tree = unknown> {
  readonly path: string;
  readonly language: string;
  readonly text: string;
  readonly lines: LineStarts;
  readonly tree: Tree;
  readonly comments: readonly Comment[];
}

export interface Range {
  readonly start: number;
  readonly end: number;
  /** The document that it stands in, where that is another than the one that is read: some are put together of several files. */
  readonly in?: Document;
}

/** The place of a range of offsets in a document. */
export function locate(document: Document, range: Range): Location {
  const { path, lines } = range.in ?? document;
  return { uri: path, region: regionAt(lines, range.start, range.end) };
}

/** Gives documents on demand; each file is parsed at most once per language. Undefined where the file is absent or unreadable. */
export interface Documents {
  get<Tree>(path: string, language: string): Document<Tree> | undefined;
}
