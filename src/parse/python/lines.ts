import { isIdentifierPart, isIdentifierStart } from './lexemes.js';
import { isName, Kind, nameKind } from './kinds.js';
import {
  followsValue,
  abandon,
  afterBreak,
  BACKSLASH,
  CR,
  isBreak,
  LF,
  Mode,
  push,
  report,
  scanComment,
  type Scanner,
} from './scanner.js';

const EQUALS = 61;

/** Emits the end of a logical line, unless nothing stands on it. */
export function endLine(s: Scanner, start: number, end: number): void {
  const last = s.count === 0 ? Kind.Newline : (s.kinds[s.count - 1] ?? 0);
  if (last < Kind.Newline || last > Kind.Dedent) push(s, Kind.Newline, start, end);
}

/** Skips blank lines and emits Indent and Dedent for the line that has something on it; returns where that begins. */
export function beginLine(s: Scanner, from: number): number {
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

export function scanBreak(s: Scanner, pos: number): number {
  const next = afterBreak(s.text, pos);
  if (s.mode === Mode.None) {
    endLine(s, pos, next);
    return beginLine(s, next);
  }
  let at = next;
  while (s.text.charCodeAt(at) === 32 || s.text.charCodeAt(at) === 9) at++;
  if (!opensStatement(s, at, at - next)) return at;
  report(s.errors, 'a bracket is never closed', pos);
  abandon(s, 0);
  endLine(s, pos, next);
  return beginLine(s, next);
}

/**
 * Whether the line whose text is at `pos` cannot belong to the bracket that is open: then that was never closed, and
 * what follows it in the file is worth more than what it would swallow.
 */
function opensStatement(s: Scanner, pos: number, indentation: number): boolean {
  const { text } = s;
  let end = pos;
  if (!isIdentifierStart(text.charCodeAt(pos), text, pos)) return false;
  while (isIdentifierPart(text.charCodeAt(end), text, end)) end++;
  const kind = nameKind(text, pos, end);
  if (kind >= Kind.FirstStatementKeyword) return true;
  if (!isName(kind) || s.mode >= Mode.Field || indentation > (s.narrowColumns.at(-1) ?? 0)) return false;
  // No name follows a value, and in a list or dict no `name =` follows a comma.
  if (followsValue(s)) return !isQuote(text.charCodeAt(end));
  if ((s.mode !== Mode.List && s.mode !== Mode.Brace) || s.kinds[s.count - 1] !== Kind.Comma) return false;
  while (text.charCodeAt(end) === 32) end++;
  return text.charCodeAt(end) === EQUALS && text.charCodeAt(end + 1) !== EQUALS;
}

const isQuote = (c: number): boolean => c === 34 || c === 39;
