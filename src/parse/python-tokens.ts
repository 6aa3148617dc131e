import type { Span } from './python-ast.js';
import { isIdentifierPart, isIdentifierStart, Prefix, scanNumber, stringPrefix } from './python-lexemes.js';
import { Kind, nameKind } from './python-kinds.js';

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

/** What the innermost open bracket is. An f-string opens a `Literal`, each of its fields a `Field`, its format a `Spec`. */
const Mode = { None: 0, Paren: 1, Bracket: 2, Brace: 3, Field: 4, Spec: 5, Literal: 6 } as const;

interface Scanner extends Tokens {
  readonly text: string;
  mode: number;
  readonly modes: number[];
  /** Per open f-string: its quote, plus the flags below. */
  readonly quotes: number[];
  /** Where in `modes` the outermost one-line f-string lies, or -1. */
  oneLine: number;
  readonly columns: number[];
  /** The same columns with a tab counted as one, as CPython does to find mixtures that depend on the width of a tab. */
  readonly narrowColumns: number[];
}

const TRIPLE = 256;
const RAW = 512;

const LF = 10;
const CR = 13;
const BACKSLASH = 92;

export function tokenize(text: string): Tokens {
  const capacity = (text.length >> 2) + 64;
  const scanner: Scanner = {
    kinds: new Uint8Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    count: 0,
    comments: [],
    errors: [],
    text,
    mode: Mode.None,
    modes: [],
    quotes: [],
    oneLine: -1,
    columns: [0],
    narrowColumns: [0],
  };
  let pos = beginLine(scanner, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  while (pos < text.length) {
    pos = scanner.mode >= Mode.Spec ? scanLiteral(scanner, pos) : scanToken(scanner, pos);
  }
  if (scanner.modes.length > 0) report(scanner.errors, 'a bracket or string is never closed', text.length);
  endLine(scanner, text.length, text.length);
  for (let level = scanner.columns.length; level > 1; level--) push(scanner, Kind.Dedent, text.length, text.length);
  push(scanner, Kind.EndOfFile, text.length, text.length);
  return scanner;
}

function push(s: Scanner, kind: number, start: number, end: number): number {
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

function pushError(s: Scanner, message: string, start: number, end: number): number {
  report(s.errors, message, start);
  return push(s, Kind.Error, start, end);
}

function open(s: Scanner, mode: number): void {
  s.modes.push(mode);
  s.mode = mode;
}

function close(s: Scanner): void {
  if (s.modes.pop() === Mode.Literal) s.quotes.pop();
  if (s.modes.length <= s.oneLine) s.oneLine = -1;
  s.mode = s.modes.at(-1) ?? Mode.None;
}

/** Emits the end of a logical line, unless nothing stands on it. */
function endLine(s: Scanner, start: number, end: number): void {
  const last = s.count === 0 ? Kind.Newline : (s.kinds[s.count - 1] ?? 0);
  if (last < Kind.Newline || last > Kind.Dedent) push(s, Kind.Newline, start, end);
}

function isBreak(text: string, pos: number): boolean {
  const c = text.charCodeAt(pos);
  return c === LF || c === CR;
}

/** Position after the line break at `pos`. */
function afterBreak(text: string, pos: number): number {
  return text.charCodeAt(pos) === CR && text.charCodeAt(pos + 1) === LF ? pos + 2 : pos + 1;
}

function scanComment(s: Scanner, start: number): number {
  let pos = start + 1;
  while (pos < s.text.length) {
    const c = s.text.charCodeAt(pos);
    if (c === LF || c === CR) break;
    pos++;
  }
  s.comments.push({ start, end: pos });
  return pos;
}

/** Skips blank lines and emits Indent and Dedent for the line that has something on it; returns where that begins. */
function beginLine(s: Scanner, from: number): number {
  const { text, columns, narrowColumns } = s;
  let pos = from;
  let column = 0;
  let narrow = 0;
  let continued = 0;
  for (; pos < text.length; pos++) {
    const c = text.charCodeAt(pos);
    if (c === 32) {
      column++;
      narrow++;
    } else if (c === 9) {
      column = (column | 7) + 1;
      narrow++;
    } else if (c === 12) {
      column = narrow = 0;
    } else if (c === LF || c === CR) {
      column = narrow = continued = 0;
    } else if (c === BACKSLASH && isBreak(text, pos + 1)) {
      // The indentation before the first backslash counts for what follows, if there is any.
      continued ||= column;
      pos = afterBreak(text, pos + 1) - 1;
    } else if (c === 35) {
      pos = scanComment(s, pos) - 1;
    } else break;
  }
  if (pos >= text.length) return pos;
  if (continued > 0) column = narrow = continued;

  let top = columns.length - 1;
  if (column > (columns[top] ?? 0)) {
    if (narrow <= (narrowColumns[top] ?? 0)) report(s.errors, 'inconsistent use of tabs and spaces', pos);
    columns.push(column);
    narrowColumns.push(narrow);
    push(s, Kind.Indent, pos, pos);
    return pos;
  }
  while (top > 0 && column <= (columns[top - 1] ?? 0)) {
    columns.pop();
    narrowColumns.pop();
    push(s, Kind.Dedent, pos, pos);
    top--;
  }
  if (column !== columns[top]) {
    // Nearest to what was meant is the block that the line still lies in.
    report(s.errors, 'unindent does not match any outer level', pos);
    columns[top] = column;
    narrowColumns[top] = narrow;
  } else if (narrow !== narrowColumns[top]) {
    report(s.errors, 'inconsistent use of tabs and spaces', pos);
  }
  return pos;
}

function scanToken(s: Scanner, start: number): number {
  const { text } = s;
  let pos = start;
  let c = text.charCodeAt(pos);
  while (c === 32 || c === 9 || c === 12) c = text.charCodeAt(++pos);
  if (isIdentifierStart(c, text, pos)) return scanName(s, pos);
  if (c >= 48 && c <= 57) return push(s, Kind.Number, pos, scanNumber(text, pos));
  switch (c) {
    case LF:
    case CR:
      return scanBreak(s, pos);
    case 34:
    case 39:
      return scanString(s, pos, pos, 0);
    case 35:
      return scanComment(s, pos);
    case BACKSLASH: {
      if (isBreak(text, pos + 1)) return afterBreak(text, pos + 1);
      return pushError(s, 'unexpected character after line continuation', pos, pos + 1);
    }
    case 40:
      open(s, Mode.Paren);
      return push(s, Kind.LeftParen, pos, pos + 1);
    case 91:
      open(s, Mode.Bracket);
      return push(s, Kind.LeftBracket, pos, pos + 1);
    case 123:
      open(s, Mode.Brace);
      return push(s, Kind.LeftBrace, pos, pos + 1);
    case 41:
      return scanClosing(s, pos, Mode.Paren, Kind.RightParen);
    case 93:
      return scanClosing(s, pos, Mode.Bracket, Kind.RightBracket);
    case 125:
      return scanClosing(s, pos, s.mode === Mode.Field ? Mode.Field : Mode.Brace, Kind.RightBrace);
    default:
      return pos >= text.length ? pos : scanOperator(s, c, pos);
  }
}

function scanBreak(s: Scanner, pos: number): number {
  const next = afterBreak(s.text, pos);
  if (s.mode === Mode.None) {
    endLine(s, pos, next);
    return beginLine(s, next);
  }
  // A line that begins with `def` or the like cannot belong to the bracket: the bracket was left open.
  let at = next;
  while (s.text.charCodeAt(at) === 32 || s.text.charCodeAt(at) === 9) at++;
  const c = s.text.charCodeAt(at);
  if (c < 97 || c > 122) return at;
  let end = at + 1;
  while (end - at <= 8 && isIdentifierPart(s.text.charCodeAt(end), s.text, end)) end++;
  if (nameKind(s.text, at, end) < Kind.FirstStatementKeyword) return at;
  report(s.errors, 'a bracket is never closed', pos);
  abandon(s, 0);
  endLine(s, pos, next);
  return beginLine(s, next);
}

function abandon(s: Scanner, depth: number): void {
  while (s.modes.length > depth) close(s);
}

function scanClosing(s: Scanner, pos: number, mode: number, kind: number): number {
  if (s.mode === mode) {
    close(s);
    return push(s, kind, pos, pos + 1);
  }
  const closes = s.mode !== Mode.None && s.mode < Mode.Field;
  if (closes) close(s);
  return pushError(
    s,
    closes ? 'closing bracket does not match the open one' : 'closing bracket was never opened',
    pos,
    pos + 1,
  );
}

function scanName(s: Scanner, start: number): number {
  const { text } = s;
  let pos = start;
  let c: number;
  do {
    pos += text.charCodeAt(pos) >= 0xd800 && (text.codePointAt(pos) ?? 0) > 0xffff ? 2 : 1;
    c = text.charCodeAt(pos);
  } while (isIdentifierPart(c, text, pos));
  if ((c === 34 || c === 39) && pos - start <= 2) {
    const prefix = stringPrefix(text, start, pos);
    if (prefix >= 0) return scanString(s, start, pos, prefix);
  }
  const kind = nameKind(text, start, pos);
  const last = s.count - 1;
  // `not in` and `is not` are one operator each; the two words never meet in another sense.
  if (kind === Kind.In && s.kinds[last] === Kind.Not) {
    s.kinds[last] = Kind.NotIn;
    s.ends[last] = pos;
    return pos;
  }
  if (kind === Kind.Not && s.kinds[last] === Kind.Is) {
    s.kinds[last] = Kind.IsNot;
    s.ends[last] = pos;
    return pos;
  }
  return push(s, kind, start, pos);
}

function scanString(s: Scanner, start: number, quoteAt: number, prefix: number): number {
  const { text } = s;
  const quote = text.charCodeAt(quoteAt);
  const triple = text.charCodeAt(quoteAt + 1) === quote && text.charCodeAt(quoteAt + 2) === quote;
  let pos = quoteAt + (triple ? 3 : 1);
  if ((prefix & (Prefix.Format | Prefix.Template)) !== 0) {
    s.quotes.push(quote | (triple ? TRIPLE : 0) | ((prefix & Prefix.Raw) !== 0 ? RAW : 0));
    if (!triple && s.oneLine < 0) s.oneLine = s.modes.length;
    open(s, Mode.Literal);
    return push(s, Kind.FormatStart, start, pos);
  }
  let kind: number = Kind.String;
  while (pos < text.length) {
    const c = text.charCodeAt(pos++);
    if (c === quote) {
      if (!triple) return push(s, kind, start, pos);
      if (text.charCodeAt(pos) === quote && text.charCodeAt(pos + 1) === quote) return push(s, kind, start, pos + 2);
    } else if (c === BACKSLASH) {
      kind = Kind.StringEscaped;
      pos = text.charCodeAt(pos) === CR ? afterBreak(text, pos) : pos + 1;
    } else if (c === CR) {
      if (!triple) return unterminated(s, start, pos - 1);
      kind = Kind.StringEscaped;
    } else if (c === LF && !triple) return unterminated(s, start, pos - 1);
  }
  return unterminated(s, start, text.length);
}

/** Gives up a string that its line or the file ends before it does, with the one-line f-strings around it. */
function unterminated(s: Scanner, start: number, end: number): number {
  pushError(s, 'unterminated string', start, end);
  if (s.oneLine >= 0) abandon(s, s.oneLine);
  return end;
}

/** The text of an f-string up to its next field or its end; in a format specification up to its end. */
function scanLiteral(s: Scanner, start: number): number {
  const { text } = s;
  const flags = s.quotes.at(-1) ?? 0;
  const quote = flags & 255;
  const triple = (flags & TRIPLE) !== 0;
  const inSpec = s.mode === Mode.Spec;
  let kind: number = Kind.FormatMiddle;
  let pos = start;
  for (; pos < text.length; pos++) {
    const c = text.charCodeAt(pos);
    if (c === quote) {
      if (triple && !(text.charCodeAt(pos + 1) === quote && text.charCodeAt(pos + 2) === quote)) continue;
      if (pos > start) push(s, kind, start, pos);
      if (inSpec) {
        report(s.errors, "expected '}' before the end of the f-string", pos);
        while (s.mode !== Mode.Literal) close(s);
      }
      close(s);
      return push(s, Kind.FormatEnd, pos, pos + (triple ? 3 : 1));
    }
    if (c === 123) {
      if (!inSpec && text.charCodeAt(pos + 1) === 123) {
        kind = Kind.FormatMiddleEscaped;
        pos++;
        continue;
      }
      if (pos > start) push(s, kind, start, pos);
      open(s, Mode.Field);
      return push(s, Kind.LeftBrace, pos, pos + 1);
    }
    if (c === 125) {
      if (!inSpec && text.charCodeAt(pos + 1) === 125) {
        kind = Kind.FormatMiddleEscaped;
        pos++;
        continue;
      }
      if (pos > start) push(s, kind, start, pos);
      if (!inSpec) return pushError(s, "single '}' in an f-string", pos, pos + 1);
      close(s);
      return push(s, Kind.RightBrace, pos, pos + 1);
    }
    if (c === BACKSLASH) {
      kind = Kind.FormatMiddleEscaped;
      pos = afterEscape(text, pos, (flags & RAW) !== 0) - 1;
    } else if (c === CR || c === LF) {
      if (!triple) return unterminated(s, start, pos);
      if (c === CR) kind = Kind.FormatMiddleEscaped;
    }
  }
  return unterminated(s, start, text.length);
}

/** Position after the escape at `pos`. A brace after a backslash is still a brace, but that of `\N{...}` is not. */
function afterEscape(text: string, pos: number, raw: boolean): number {
  const next = text.charCodeAt(pos + 1);
  if (next === 123 || next === 125) return pos + 1;
  if (next === CR) return afterBreak(text, pos + 1);
  if (raw || next !== 78 || text.charCodeAt(pos + 2) !== 123) return pos + 2;
  let end = pos + 3;
  // The longest names of characters have fewer than 100 letters.
  while (end < pos + 128 && /[\w -]/.test(text.charAt(end))) end++;
  return text.charCodeAt(end) === 125 ? end + 1 : pos + 2;
}

function scanOperator(s: Scanner, c: number, pos: number): number {
  const next = s.text.charCodeAt(pos + 1);
  switch (c) {
    case 44:
      return push(s, Kind.Comma, pos, pos + 1);
    case 46:
      if (next >= 48 && next <= 57) return push(s, Kind.Number, pos, scanNumber(s.text, pos));
      if (next === 46 && s.text.charCodeAt(pos + 2) === 46) return push(s, Kind.Ellipsis, pos, pos + 3);
      return push(s, Kind.Dot, pos, pos + 1);
    case 58:
      if (s.mode === Mode.Field) {
        s.modes[s.modes.length - 1] = s.mode = Mode.Spec;
        return push(s, Kind.Colon, pos, pos + 1);
      }
      return next === 61 ? push(s, Kind.ColonEqual, pos, pos + 2) : push(s, Kind.Colon, pos, pos + 1);
    case 61:
      return next === 61 ? push(s, Kind.EqualEqual, pos, pos + 2) : push(s, Kind.Equal, pos, pos + 1);
    case 33:
      return next === 61 ? push(s, Kind.NotEqual, pos, pos + 2) : push(s, Kind.Exclamation, pos, pos + 1);
    case 59:
      return push(s, Kind.Semicolon, pos, pos + 1);
    case 126:
      return push(s, Kind.Tilde, pos, pos + 1);
    case 43:
      return scanArithmetic(s, Kind.Plus, pos, pos + 1);
    case 45:
      if (next === 62) return push(s, Kind.Arrow, pos, pos + 2);
      return scanArithmetic(s, Kind.Minus, pos, pos + 1);
    case 42:
      if (next === 42) return scanArithmetic(s, Kind.DoubleStar, pos, pos + 2);
      return scanArithmetic(s, Kind.Star, pos, pos + 1);
    case 47:
      if (next === 47) return scanArithmetic(s, Kind.DoubleSlash, pos, pos + 2);
      return scanArithmetic(s, Kind.Slash, pos, pos + 1);
    case 64:
      return scanArithmetic(s, Kind.At, pos, pos + 1);
    case 37:
      return scanArithmetic(s, Kind.Percent, pos, pos + 1);
    case 124:
      return scanArithmetic(s, Kind.Bar, pos, pos + 1);
    case 94:
      return scanArithmetic(s, Kind.Caret, pos, pos + 1);
    case 38:
      return scanArithmetic(s, Kind.Ampersand, pos, pos + 1);
    case 60:
      if (next === 60) return scanArithmetic(s, Kind.LeftShift, pos, pos + 2);
      return next === 61 ? push(s, Kind.LessEqual, pos, pos + 2) : push(s, Kind.Less, pos, pos + 1);
    case 62:
      if (next === 62) return scanArithmetic(s, Kind.RightShift, pos, pos + 2);
      return next === 61 ? push(s, Kind.GreaterEqual, pos, pos + 2) : push(s, Kind.Greater, pos, pos + 1);
    default:
      return pushError(s, `unexpected character ${JSON.stringify(s.text.charAt(pos))}`, pos, pos + 1);
  }
}

function scanArithmetic(s: Scanner, kind: number, start: number, end: number): number {
  if (s.text.charCodeAt(end) !== 61) return push(s, kind, start, end);
  return push(s, Kind.FirstAugmented + kind - Kind.Plus, start, end + 1);
}
