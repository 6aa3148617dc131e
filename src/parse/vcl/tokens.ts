import type { Comment, SyntaxTrouble } from '../document.js';

export type Token =
  | {
      readonly kind: 'word';
      readonly text: string;
      readonly quoted: boolean;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: ';' | '{' | '}'; readonly start: number; readonly end: number };

/** How far a text is read, and what was met on the way. */
export interface Reader {
  readonly text: string;
  offset: number;
  templated: boolean;
  readonly trouble: SyntaxTrouble[];
  readonly comments: Comment[];
}

/** Tags longer than this are none. */
const LONGEST_TAG = 300;

/** The next word or mark; undefined at the end. Operators are words of one or two characters. */
export function nextToken(reader: Reader): Token | undefined {
  const { text } = reader;
  for (;;) {
    const start = skipBlanks(reader);
    if (start >= text.length) return undefined;
    const comment = commentEnd(reader, start);
    if (comment !== undefined) {
      reader.comments.push({ start, end: comment });
      reader.offset = comment;
      continue;
    }
    const inline = text.startsWith('C{', start)
      ? closing(reader, start + 2, '}C', 'the inline C is never closed')
      : undefined;
    if (inline !== undefined) {
      reader.offset = inline;
      continue;
    }
    const tag = endOfTag(text, start);
    if (tag !== undefined) {
      reader.templated = true;
      reader.offset = tag;
      if (text.startsWith('{%', start) || text.startsWith('<%', start)) continue;
      return { kind: 'word', text: text.slice(start, tag), quoted: false, start, end: tag };
    }
    return stringAt(reader, start) ?? plain(reader, start);
  }
}

function skipBlanks(reader: Reader): number {
  while (/\s/.test(reader.text.charAt(reader.offset))) reader.offset++;
  return reader.offset;
}

function commentEnd({ text, trouble }: Reader, start: number): number | undefined {
  if (text.charAt(start) === '#' || text.startsWith('//', start)) {
    const end = text.indexOf('\n', start);
    return end < 0 ? text.length : end;
  }
  if (!text.startsWith('/*', start)) return undefined;
  const end = text.indexOf('*/', start + 2);
  if (end >= 0) return end + 2;
  trouble.push({ message: 'the comment is never closed', offset: start });
  return text.length;
}

/** `"short"`, `{"long"}` and `"""long"""`; none of them has escapes. */
function stringAt(reader: Reader, start: number): Token | undefined {
  const { text } = reader;
  for (const [open, close] of LONG) {
    if (!text.startsWith(open, start)) continue;
    return quoted(
      reader,
      start,
      open,
      closing(reader, start + open.length, close, 'the string is never closed'),
      close,
    );
  }
  if (text.charAt(start) !== '"') return undefined;
  // A short string ends with its line.
  let i = start + 1;
  while (i < text.length && text.charAt(i) !== '"' && text.charAt(i) !== '\n') i++;
  if (text.charAt(i) !== '"') {
    reader.trouble.push({ message: 'the string is never closed', offset: start });
    reader.offset = i;
    return { kind: 'word', text: text.slice(start + 1, i), quoted: true, start, end: i };
  }
  return quoted(reader, start, '"', i + 1, '"');
}

const LONG = [
  ['"""', '"""'],
  ['{"', '"}'],
] as const;

function quoted(reader: Reader, start: number, open: string, end: number, close: string): Token {
  reader.offset = end;
  const inner = Math.max(end - close.length, start + open.length);
  return { kind: 'word', text: reader.text.slice(start + open.length, inner), quoted: true, start, end };
}

/** Behind the next `mark`, or the end of the text. */
function closing({ text, trouble }: Reader, from: number, mark: string, message: string): number {
  const at = text.indexOf(mark, from);
  if (at >= 0) return at + mark.length;
  trouble.push({ message, offset: from });
  return text.length;
}

function plain(reader: Reader, start: number): Token {
  const { text } = reader;
  const char = text.charAt(start);
  if (char === ';' || char === '{' || char === '}') {
    reader.offset = start + 1;
    return { kind: char, start, end: start + 1 };
  }
  let end = start;
  while (end < text.length && isName(text.charCodeAt(end))) end++;
  if (end === start) end += /^(?:[=!~<>]=|!~|&&|\|\|)/.test(text.slice(start, start + 2)) ? 2 : 1;
  reader.offset = end;
  return { kind: 'word', text: text.slice(start, end), quoted: false, start, end };
}

/** Names hold dots and dashes (`req.http.X-Forwarded-For`), and numbers their units (`10s`). */
function isName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 46 ||
    code === 95 ||
    code === 45 ||
    code > 127
  );
}

function endOfTag(text: string, start: number): number | undefined {
  const two = text.slice(start, start + 2);
  const close = two === '{{' ? '}}' : two === '{%' ? '%}' : two === '<%' ? '%>' : undefined;
  if (close === undefined) return undefined;
  const end = text.slice(start, start + LONGEST_TAG).indexOf(close);
  return end < 0 ? undefined : start + end + 2;
}
