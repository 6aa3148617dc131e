import type { Comment, SyntaxTrouble } from '../document.js';
import type { HclExpression } from './tree.js';

/** How far a text is read, and what was met on the way. */
export interface Reader {
  readonly text: string;
  offset: number;
  /** Nested expressions and blocks around the offset. */
  depth: number;
  readonly trouble: SyntaxTrouble[];
  readonly comments: Comment[];
  /** Reads an expression: templates hold some, and are held by some. `lines`: ends of lines mean nothing, as inside of brackets. */
  readonly expression: (reader: Reader, lines: boolean) => HclExpression;
}

/** Beyond this nothing is read: no configuration that anybody wrote comes near. */
export const MOST_NESTED = 100;
/** Troubles beyond these say nothing new. */
const MOST_TROUBLE = 50;

export function readerOf(text: string, expression: Reader['expression']): Reader {
  return { text, offset: 0, depth: 0, trouble: [], comments: [], expression };
}

export function trouble(reader: Reader, message: string, offset = reader.offset): void {
  if (reader.trouble.length < MOST_TROUBLE) reader.trouble.push({ message, offset });
}

/** Past blanks and comments, and past the ends of lines where they mean nothing. */
export function skip(reader: Reader, lines: boolean): void {
  const { text } = reader;
  for (;;) {
    const code = text.charCodeAt(reader.offset);
    if (code === 32 || code === 9 || code === 13 || (lines && code === 10) || code === 0xfeff) reader.offset++;
    else if (code === 35 || (code === 47 && text.charCodeAt(reader.offset + 1) === 47)) {
      const start = reader.offset;
      const end = text.indexOf('\n', start);
      reader.offset = end < 0 ? text.length : end;
      comment(reader, start, text.charAt(reader.offset - 1) === '\r' ? reader.offset - 1 : reader.offset);
    } else if (code === 47 && text.charCodeAt(reader.offset + 1) === 42) {
      const start = reader.offset;
      const end = text.indexOf('*/', start + 2);
      if (end < 0) trouble(reader, 'the comment is never closed', start);
      reader.offset = end < 0 ? text.length : end + 2;
      comment(reader, start, reader.offset);
    } else return;
  }
}

/** Where nothing follows on the next lines, they are read again. */
function comment({ comments }: Reader, start: number, end: number): void {
  if (start > (comments.at(-1)?.start ?? -1)) comments.push({ start, end });
}

/** Takes a mark that stands at the offset. */
export function take(reader: Reader, mark: string): boolean {
  if (!reader.text.startsWith(mark, reader.offset)) return false;
  reader.offset += mark.length;
  return true;
}

const START = /[\p{L}_]/u;
const PART = /[\p{L}\p{N}_-]/u;

/** An identifier at the offset: letters, digits, `_` and `-`. */
export function takeName(reader: Reader): string | undefined {
  const { text, offset } = reader;
  if (!START.test(text.charAt(offset))) return undefined;
  let end = offset + 1;
  while (end < text.length && PART.test(text.charAt(end))) end++;
  reader.offset = end;
  return text.slice(offset, end);
}

/** Takes a closing bracket; where another thing stands, goes on behind the next one of its line. */
export function close(reader: Reader, bracket: string): void {
  skip(reader, true);
  if (take(reader, bracket)) return;
  trouble(reader, `"${bracket}" is missing`);
  const line = reader.text.indexOf('\n', reader.offset);
  const end = line < 0 ? reader.text.length : line;
  const found = reader.text.slice(reader.offset, end).indexOf(bracket);
  reader.offset = found < 0 ? end : reader.offset + found + 1;
}
