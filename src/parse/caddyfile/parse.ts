import type { Comment, Parsed, SyntaxTrouble } from '../document.js';
import type { Caddyfile, Line, Word } from './lines.js';

/** Deeper blocks are read but hang on the last level: those who walk the tree may recurse. Real files stay below ten. */
const MAXIMUM_DEPTH = 50;

interface Open {
  readonly words: readonly Word[];
  readonly start: number;
  readonly headEnd: number;
  readonly block: Line[];
}

/** Lines of words; a brace at the end of one opens a block, one alone closes it (https://caddyserver.com/docs/caddyfile/concepts). */
export function parse(text: string): Parsed<Caddyfile> {
  const comments: Comment[] = [];
  const trouble: SyntaxTrouble[] = [];
  const lines: Line[] = [];
  const open: Open[] = [];
  let surplus = 0;
  const target = (): Line[] => open.at(-1)?.block ?? lines;
  const close = (): void => {
    const block = open.pop();
    if (block !== undefined) target().push(block);
  };
  const finish = (words: readonly Word[]): void => {
    const [first] = words;
    const last = words.at(-1);
    if (first === undefined || last === undefined) return;
    const opens = last.text === '{' && last.end - last.start === 1;
    const head = opens ? words.slice(0, -1) : words;
    const line = { words: head, start: first.start, headEnd: (head.at(-1) ?? first).end };
    if (words.length === 1 && first.text === '}' && first.end - first.start === 1) {
      if (surplus > 0) surplus--;
      else if (open.length === 0) trouble.push({ message: '"}" closes nothing', offset: first.start });
      else close();
    } else if (!opens) target().push(line);
    else if (open.length < MAXIMUM_DEPTH) open.push({ ...line, block: [] });
    else {
      if (surplus++ === 0) trouble.push({ message: 'blocks are nested too deeply', offset: first.start });
      target().push(line);
    }
  };

  let words: Word[] = [];
  let i = 0;
  while (i < text.length) {
    const char = text.charAt(i);
    if (char === '\n') {
      finish(words);
      words = [];
      i++;
    } else if (char === '\\' && /^\\\r?\n/.test(text.slice(i, i + 3))) i += text.charAt(i + 1) === '\r' ? 3 : 2;
    else if (isBlank(char)) i++;
    else if (char === '#') {
      const end = lineEnd(text, i);
      comments.push({ start: i, end });
      i = end;
    } else {
      const word = char === '"' || char === '`' ? quoted(text, i, char, trouble) : bare(text, i);
      words.push(word);
      i = word.end;
    }
  }
  finish(words);
  if (open.length > 0) trouble.push({ message: 'the block is never closed', offset: open.at(-1)?.start ?? 0 });
  while (open.length > 0) close();
  return { tree: { lines }, trouble, comments };
}

/** In double quotes a backslash keeps a quote, in backticks nothing is kept. */
function quoted(text: string, start: number, quote: string, trouble: SyntaxTrouble[]): Word {
  let word = '';
  let i = start + 1;
  for (; i < text.length && text.charAt(i) !== quote; i++) {
    if (quote === '"' && text.charAt(i) === '\\' && text.charAt(i + 1) === '"') i++;
    word += text.charAt(i);
  }
  if (i >= text.length) trouble.push({ message: 'the quote is never closed', offset: start });
  return { text: word, start, end: Math.min(i + 1, text.length) };
}

function bare(text: string, start: number): Word {
  let i = start;
  while (i < text.length && !isBlank(text.charAt(i)) && text.charAt(i) !== '\n') i++;
  return { text: text.slice(start, i), start, end: i };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r';
}
