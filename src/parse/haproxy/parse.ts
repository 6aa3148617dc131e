import type { Comment, Parsed, SyntaxTrouble } from '../document.js';
import type { Line, Section, Sections, Word } from './sections.js';

/** Keywords that start a section (HAProxy 3.2, configuration manual, chapters 3, 4, 5, 12). */
const HEADERS = new Set(
  (
    'global defaults frontend backend listen peers resolvers userlist mailers cache program ring http-errors ' +
    'log-forward log-profile fcgi-app crt-store traces acme'
  ).split(' '),
);

/** A line of `{% %}`, `{{ }}` or `<% %>` alone is a loop or a branch of a template, `.if` one of HAProxy itself. */
const BRANCH = /^(?:\{%|\{\{|<%|\.(?:if|elif|else|endif)\b)/;
const TAG = /\{\{|\{%|<%/;

interface Building {
  keyword: string;
  args: readonly Word[];
  lines: Line[];
  start: number;
  end: number;
  templated: boolean;
}

/** Lines of words, gathered below the headers of sections; cut as HAProxy's `parse_line` does. */
export function parse(text: string): Parsed<Sections> {
  const comments: Comment[] = [];
  const trouble: SyntaxTrouble[] = [];
  const sections: Section[] = [];
  let current: Building = { keyword: '', args: [], lines: [], start: 0, end: 0, templated: false };
  let templated = false;

  for (let offset = 0; offset < text.length;) {
    const line = wordsOf(text, offset, comments, trouble);
    offset = line.next;
    const [first, ...args] = line.words;
    if (first === undefined) continue;
    const end = (args.at(-1) ?? first).end;
    const written = text.slice(first.start, end);
    if (TAG.test(written)) templated = true;
    if (BRANCH.test(written)) {
      current.templated = true;
    } else if (HEADERS.has(first.text)) {
      sections.push(current);
      // A loop that was opened above may repeat the section and what stands in it: `{{` in its name tells.
      current = { keyword: first.text, args, lines: [], start: first.start, end, templated: TAG.test(written) };
    } else {
      current.lines.push({ keyword: first.text, args, start: first.start, end });
    }
  }
  sections.push(current);
  if (templated)
    trouble.push({ message: 'the file is a template: its branches were read as if each applied', offset: 0 });
  return { tree: { sections: sections.filter(isSaid) }, trouble, comments };
}

function isSaid({ keyword, lines }: Section): boolean {
  return keyword !== '' || lines.length > 0;
}

/** The words of one line. A backslash before its end does not continue it: HAProxy has no such thing outside of quotes. */
function wordsOf(
  text: string,
  from: number,
  comments: Comment[],
  trouble: SyntaxTrouble[],
): { words: Word[]; next: number } {
  const words: Word[] = [];
  let i = from;
  for (;;) {
    while (i < text.length && isBlank(text.charCodeAt(i))) i++;
    if (i >= text.length) return { words, next: i };
    const char = text.charAt(i);
    if (char === '\n' || char === '\r') return { words, next: i + 1 };
    if (char === '#') {
      const end = lineEnd(text, i);
      comments.push({ start: i, end });
      return { words, next: end };
    }
    const start = i;
    let word = '';
    let quote = '';
    for (; i < text.length; i++) {
      const one = text.charAt(i);
      if (isLineEnd(one.charCodeAt(0))) break;
      // The tag of a template is part of its word, blanks and all.
      const tag = one === '{' ? endOfTag(text, i) : undefined;
      if (tag !== undefined) {
        word += text.slice(i, tag);
        i = tag - 1;
        continue;
      }
      if (quote === '' && (isBlank(one.charCodeAt(0)) || one === '#')) break;
      if (one === '\\' && quote !== "'" && i + 1 < text.length && !isLineEnd(text.charCodeAt(i + 1)))
        word += text.charAt(++i);
      else if (one === quote) quote = '';
      else if (quote === '' && (one === '"' || one === "'")) quote = one;
      else word += one;
    }
    if (quote !== '') trouble.push({ message: 'the quote is never closed', offset: start });
    words.push({ text: word, start, end: i });
  }
}

/** Longer tags than this are words like any other. */
const LONGEST_TAG = 200;

/** The end of a `{{ }}` that is closed in its line. */
function endOfTag(text: string, offset: number): number | undefined {
  if (!text.startsWith('{{', offset)) return undefined;
  const end = /^[^\r\n]*?\}\}/.exec(text.slice(offset, offset + LONGEST_TAG))?.[0].length;
  return end === undefined ? undefined : offset + end;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12;
}

function lineEnd(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && !isLineEnd(text.charCodeAt(i))) i++;
  return i;
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
