import { isIdentifierPart, isIdentifierStart, scanNumber, stringPrefix } from './lexemes.js';
import { Kind, nameKind } from './kinds.js';
import { beginLine, endLine, scanBreak } from './lines.js';
import { scanLiteral, scanString } from './quotes.js';
import {
  afterBreak,
  BACKSLASH,
  close,
  CR,
  followsValue,
  isBreak,
  LF,
  Mode,
  open,
  push,
  pushError,
  report,
  scanComment,
  type Scanner,
  type Tokens,
} from './scanner.js';

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
      open(s, followsValue(s) ? Mode.Index : Mode.List);
      return push(s, Kind.LeftBracket, pos, pos + 1);
    case 123:
      open(s, Mode.Brace);
      return push(s, Kind.LeftBrace, pos, pos + 1);
    case 41:
      return scanClosing(s, pos, Mode.Paren, Kind.RightParen);
    case 93:
      return scanClosing(s, pos, s.mode === Mode.Index ? Mode.Index : Mode.List, Kind.RightBracket);
    case 125:
      return scanClosing(s, pos, s.mode === Mode.Field ? Mode.Field : Mode.Brace, Kind.RightBrace);
    default:
      return pos >= text.length ? pos : scanOperator(s, c, pos);
  }
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
