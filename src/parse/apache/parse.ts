import type { Comment, Parsed, SyntaxTrouble } from '../document.js';
import type { Directive, Directives, Word } from './directives.js';

/** Deeper sections are read but hang on the last level: those who walk the tree may recurse. Real files stay below ten. */
const MAXIMUM_DEPTH = 50;
/** A line of a template alone: a branch or a loop. */
const BRANCH = /^(?:\{%|<%|\{\{)/;
const TAG = /\{\{|\{%|<%/;

interface Open {
  readonly name: string;
  readonly args: readonly Word[];
  readonly start: number;
  readonly headEnd: number;
  readonly block: Directive[];
}

/** A directive on each line, sections in angle brackets; a backslash at the end of a line continues it. */
export function parse(text: string): Parsed<Directives> {
  const comments: Comment[] = [];
  const trouble: SyntaxTrouble[] = [];
  const directives: Directive[] = [];
  const open: Open[] = [];
  let templated = false;
  let tooDeep = false;
  const target = (): Directive[] => open.at(-1)?.block ?? directives;
  const close = (): void => {
    const section = open.pop();
    if (section !== undefined) target().push(section);
  };

  for (let offset = 0; offset < text.length;) {
    const start = skip(text, offset);
    const end = lineEnd(text, start);
    offset = end + 1;
    if (start >= end) continue;
    const written = text.slice(start, end);
    if (written.startsWith('#')) {
      comments.push({ start, end });
      continue;
    }
    if (TAG.test(written)) templated = true;
    if (BRANCH.test(written)) continue;
    if (written.startsWith('</')) {
      const name = /^<\/[ \t]*([\w-]{1,60})/.exec(written)?.[1]?.toLowerCase();
      const at = open.findLastIndex((section) => section.name === name);
      if (at < 0) trouble.push({ message: `"${written.slice(0, 40)}" closes nothing`, offset: start });
      else while (open.length > at) close();
    } else if (written.startsWith('<')) {
      const [first, ...args] = wordsOf(text, start + 1, end, '>');
      if (first === undefined) continue;
      const headEnd = Math.min(closingBracket(text, (args.at(-1) ?? first).end, end), end);
      const section = { name: first.text.toLowerCase(), args, start, headEnd, block: [] };
      if (open.length < MAXIMUM_DEPTH) open.push(section);
      else {
        if (!tooDeep) trouble.push({ message: 'sections are nested too deeply', offset: start });
        tooDeep = true;
        target().push(section);
      }
    } else {
      const [first, ...args] = wordsOf(text, start, end, '');
      if (first === undefined) continue;
      target().push({ name: first.text.toLowerCase(), args, start, headEnd: (args.at(-1) ?? first).end });
    }
  }
  if (open.length > 0) trouble.push({ message: 'the section is never closed', offset: open.at(-1)?.start ?? 0 });
  while (open.length > 0) close();
  if (templated)
    trouble.push({ message: 'the file is a template: its branches were read as if each applied', offset: 0 });
  return { tree: { directives, templated }, trouble, comments };
}

/** Words up to the end of the line; in a section up to its `>`. Quotes of either kind hold blanks together. */
function wordsOf(text: string, from: number, end: number, stop: string): Word[] {
  const words: Word[] = [];
  let i = from;
  while (i < end) {
    const char = text.charAt(i);
    if (isBlank(char) || (char === '\\' && isLineEnd(text.charAt(i + 1)))) {
      i++;
      continue;
    }
    if (stop !== '' && char === stop && text.slice(i + 1, end).trim() === '') break;
    const start = i;
    if (char === '"' || char === "'") {
      i++;
      let word = '';
      for (; i < end && text.charAt(i) !== char; i++) {
        if (text.charAt(i) === '\\' && (text.charAt(i + 1) === char || text.charAt(i + 1) === '\\')) i++;
        word += text.charAt(i);
      }
      i = Math.min(i + 1, end);
      words.push({ text: word, start, end: i });
      continue;
    }
    while (i < end && !isBlank(text.charAt(i))) {
      const tag = endOfTag(text, i, end);
      if (tag !== undefined) i = tag;
      else if (stop !== '' && text.charAt(i) === stop && text.slice(i + 1, end).trim() === '') break;
      else i++;
    }
    words.push({ text: text.slice(start, i), start, end: i });
  }
  return words;
}

/** Longer tags than this are words like any other. */
const LONGEST_TAG = 200;

function endOfTag(text: string, offset: number, end: number): number | undefined {
  if (!text.startsWith('{{', offset)) return undefined;
  const length = text.slice(offset, Math.min(offset + LONGEST_TAG, end)).indexOf('}}');
  return length < 0 ? undefined : offset + length + 2;
}

function closingBracket(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && isBlank(text.charAt(i))) i++;
  return text.charAt(i) === '>' ? i + 1 : from;
}

function skip(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && (text.charAt(i) === ' ' || text.charAt(i) === '\t')) i++;
  return i;
}

/** Where a line ends that no backslash continues. */
function lineEnd(text: string, offset: number): number {
  let i = offset;
  for (;;) {
    while (i < text.length && !isLineEnd(text.charAt(i))) i++;
    const before = text.charAt(i - 1);
    if (i >= text.length || i === offset || before !== '\\') return i;
    i += text.startsWith('\r\n', i) ? 2 : 1;
  }
}

function isLineEnd(char: string): boolean {
  return char === '\n' || char === '\r';
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || isLineEnd(char);
}
