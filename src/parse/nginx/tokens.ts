import type { Comment, SyntaxTrouble } from '../document.js';

export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: ';' | '{' | '}'; readonly start: number; readonly end: number };

/** How far a text is read, and what was met on the way. */
export interface Reader {
  readonly text: string;
  offset: number;
  templated: boolean;
  readonly trouble: SyntaxTrouble[];
  readonly comments: Comment[];
}

export function readerOf(text: string): Reader {
  return { text, offset: 0, templated: false, trouble: [], comments: [] };
}

/** Template tags. None of the openings can stand in a valid nginx file outside of quotes. */
const TAGS = [
  { open: '{%', close: '%}' },
  { open: '{{', close: '}}' },
  { open: '<%', close: '%>' },
] as const;

/** Tags that put out nothing: all of `{% %}`, `<% %>` but for `<%=`, and the control words of Go's `{{ }}`. */
const SILENT =
  /^(?:\{%|<%(?!=)|\{\{-?\s*(?:if|else|end|range|with|define|template|include|block|\/\*|[#/^!])(?![\w.]))/;

/** The next word or mark, cut as nginx's `ngx_conf_read_token` does; undefined at the end. */
export function nextToken(reader: Reader): Token | undefined {
  const { text } = reader;
  for (;;) {
    while (isSpace(text.charCodeAt(reader.offset))) reader.offset++;
    const start = reader.offset;
    if (start >= text.length) return undefined;
    const char = text.charAt(start);
    const tag = tagAt(text, start);
    if (char === '#') {
      reader.offset = lineEnd(text, start);
      reader.comments.push({ start, end: reader.offset });
    } else if (tag !== undefined && SILENT.test(text.slice(start, start + 40))) {
      reader.offset = endOfTag(reader, start, tag.close);
    } else if (char === ';' || char === '}' || (char === '{' && tag === undefined)) {
      reader.offset++;
      return { kind: char, start, end: reader.offset };
    } else {
      return char === '"' || char === "'" ? quoted(reader, start, char) : bare(reader, start);
    }
  }
}

/** The text of a Lua block from behind its `{` to the `}` that closes it, Lua's own strings and comments respected. */
export function rawBlock(reader: Reader): string {
  const { text, offset: start } = reader;
  let depth = 1;
  let i = start;
  for (; i < text.length; i++) {
    const char = text.charAt(i);
    const long = longBracketEnd(text, i);
    if (long !== undefined) i = long - 1;
    else if (char === '-' && text.charAt(i + 1) === '-') i = lineEnd(text, i) - 1;
    else if (char === '"' || char === "'") i = luaStringEnd(text, i) - 1;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) break;
  }
  if (depth > 0) reader.trouble.push({ message: 'the block is never closed', offset: start });
  reader.offset = Math.min(i + 1, text.length);
  return text.slice(start, i);
}

function quoted(reader: Reader, start: number, quote: string): Token {
  const { text } = reader;
  let i = start + 1;
  while (i < text.length && text.charAt(i) !== quote) i += text.charAt(i) === '\\' ? 2 : 1;
  const close = Math.min(i, text.length);
  if (i >= text.length) reader.trouble.push({ message: 'the quote is never closed', offset: start });
  reader.offset = Math.min(close + 1, text.length);
  return { kind: 'word', text: unescape(text.slice(start + 1, close)), start, end: reader.offset };
}

function bare(reader: Reader, start: number): Token {
  const { text } = reader;
  let i = start;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const tag = tagAt(text, i);
    if (tag !== undefined) i = endOfTag(reader, i, tag.close);
    else if (code === BACKSLASH || (code === DOLLAR && text.charCodeAt(i + 1) === BRACE)) i += 2;
    else if (isSpace(code) || code === SEMICOLON || code === BRACE) break;
    else i++;
  }
  reader.offset = Math.min(i, text.length);
  return { kind: 'word', text: unescape(text.slice(start, reader.offset)), start, end: reader.offset };
}

const BACKSLASH = 92;
const DOLLAR = 36;
const BRACE = 123;
const SEMICOLON = 59;

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function tagAt(text: string, offset: number) {
  return TAGS.find((tag) => text.startsWith(tag.open, offset));
}

function endOfTag(reader: Reader, start: number, close: string): number {
  reader.templated = true;
  const end = reader.text.indexOf(close, start + 2);
  if (end >= 0) return end + close.length;
  reader.trouble.push({ message: 'the template tag is never closed', offset: start });
  return lineEnd(reader.text, start);
}

/** nginx takes a backslash away only before quotes and itself, and knows three control characters. */
function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(["'\\trn])/g, (_, char: string) =>
    char === 't' ? '\t' : char === 'r' ? '\r' : char === 'n' ? '\n' : char,
  );
}

function lineEnd(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i++;
  return i;
}

/** The end of Lua's `[[ ]]`, `[=[ ]=]` and the comments made of them; undefined where none starts. */
function longBracketEnd(text: string, offset: number): number | undefined {
  const start = text.startsWith('--[', offset) ? offset + 2 : offset;
  if (text.charAt(start) !== '[') return undefined;
  let level = 0;
  while (text.charAt(start + 1 + level) === '=') level++;
  if (text.charAt(start + 1 + level) !== '[') return undefined;
  const close = `]${'='.repeat(level)}]`;
  const end = text.indexOf(close, start + 2 + level);
  return end < 0 ? text.length : end + close.length;
}

/** The end of a quoted string of Lua, which ends with its line at the latest. */
function luaStringEnd(text: string, offset: number): number {
  const quote = text.charAt(offset);
  for (let i = offset + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') i++;
    else if (char === quote) return i + 1;
    else if (char === '\n') return i;
  }
  return text.length;
}
