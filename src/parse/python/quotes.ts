import { Kind } from './kinds.js';
import { Prefix } from './lexemes.js';
import {
  abandon,
  afterBreak,
  BACKSLASH,
  close,
  CR,
  LF,
  Mode,
  open,
  push,
  pushError,
  report,
  type Scanner,
} from './scanner.js';

const TRIPLE = 256;
const RAW = 512;

export function scanString(s: Scanner, start: number, quoteAt: number, prefix: number): number {
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
export function scanLiteral(s: Scanner, start: number): number {
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
