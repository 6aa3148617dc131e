import type { Span } from './ast.js';
import { Kind } from './kinds.js';

export interface ParseError {
  message: string;
  offset: number;
}

/** Tokens of one file side by side in typed arrays; `kinds` ends with an EndOfFile. */
export interface Tokens {
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  count: number;
  readonly comments: Span[];
  readonly errors: ParseError[];
}

export const MAX_ERRORS = 20;

export function report(errors: ParseError[], message: string, offset: number): void {
  if (errors.length < MAX_ERRORS) errors.push({ message, offset });
}

/**
 * What the innermost open bracket is. One after a value is an `Index`, also around type parameters. An f-string opens a
 * `Literal`, each of its fields a `Field`, its format a `Spec`.
 */
export const Mode = { None: 0, Paren: 1, List: 2, Index: 3, Brace: 4, Field: 5, Spec: 6, Literal: 7 } as const;

export interface Scanner extends Tokens {
  readonly text: string;
  mode: number;
  readonly modes: number[];
  /** Per open f-string: its quote, plus 256 if tripled and 512 if raw. */
  readonly quotes: number[];
  /** Where in `modes` the outermost one-line f-string lies, or -1. */
  oneLine: number;
  readonly columns: number[];
  /** The same columns with a tab counted as one, as CPython does to find mixtures that depend on the width of a tab. */
  readonly narrowColumns: number[];
}

export const LF = 10;
export const CR = 13;
export const BACKSLASH = 92;

export function push(s: Scanner, kind: number, start: number, end: number): number {
  const at = s.count++;
  if (at === s.kinds.length) grow(s);
  s.kinds[at] = kind;
  s.starts[at] = start;
  s.ends[at] = end;
  return end;
}

function grow(s: Scanner): void {
  const { kinds, starts, ends } = s;
  const capacity = kinds.length * 2;
  s.kinds = new Uint8Array(capacity);
  s.kinds.set(kinds);
  s.starts = new Int32Array(capacity);
  s.starts.set(starts);
  s.ends = new Int32Array(capacity);
  s.ends.set(ends);
}

export function pushError(s: Scanner, message: string, start: number, end: number): number {
  report(s.errors, message, start);
  return push(s, Kind.Error, start, end);
}

export function open(s: Scanner, mode: number): void {
  s.modes.push(mode);
  s.mode = mode;
}

export function close(s: Scanner): void {
  if (s.modes.pop() === Mode.Literal) s.quotes.pop();
  if (s.modes.length <= s.oneLine) s.oneLine = -1;
  s.mode = s.modes.at(-1) ?? Mode.None;
}

export function abandon(s: Scanner, depth: number): void {
  while (s.modes.length > depth) close(s);
}

export function isBreak(text: string, pos: number): boolean {
  const c = text.charCodeAt(pos);
  return c === LF || c === CR;
}

/** Position after the line break at `pos`. */
export function afterBreak(text: string, pos: number): number {
  return text.charCodeAt(pos) === CR && text.charCodeAt(pos + 1) === LF ? pos + 2 : pos + 1;
}

export function scanComment(s: Scanner, start: number): number {
  let pos = start + 1;
  while (pos < s.text.length) {
    const c = s.text.charCodeAt(pos);
    if (c === LF || c === CR) break;
    pos++;
  }
  s.comments.push({ start, end: pos });
  return pos;
}

/** Whether the last token ends a value. */
export function followsValue(s: Scanner): boolean {
  const kind = s.kinds[s.count - 1] ?? Kind.Newline;
  if (kind >= Kind.Name && kind <= Kind.StringEscaped) return true;
  switch (kind) {
    case Kind.FormatEnd:
    case Kind.RightParen:
    case Kind.RightBracket:
    case Kind.RightBrace:
    case Kind.Ellipsis:
    case Kind.True:
    case Kind.False:
    case Kind.None:
      return true;
    default:
      return false;
  }
}
