import type { Parsed } from '../document.js';
import type { Program, Statement, Word } from './statements.js';
import { nextToken, type Reader } from './tokens.js';

/** Deeper blocks are read but hang on the last level: those who walk the tree may recurse. Real files stay below ten. */
const MAXIMUM_DEPTH = 50;

interface Open {
  readonly statements: Statement[];
  readonly words: readonly Word[];
  readonly start: number;
  readonly headEnd: number;
}

export function parse(text: string): Parsed<Program> {
  const reader: Reader = { text, offset: 0, templated: false, trouble: [], comments: [] };
  const statements: Statement[] = [];
  const open: Open[] = [];
  let words: Word[] = [];
  let surplus = 0;

  const target = (): Statement[] => open.at(-1)?.statements ?? statements;
  const head = (at: number): Omit<Open, 'statements'> => {
    const taken = words;
    words = [];
    return { words: taken, start: taken[0]?.start ?? at, headEnd: taken.at(-1)?.end ?? at };
  };
  const finish = (end: number): void => {
    if (words.length > 0) target().push({ ...head(end), end });
  };
  const close = (end: number): void => {
    const block = open.pop();
    if (block === undefined) return;
    const { statements: inner, ...rest } = block;
    target().push({ ...rest, block: inner, end });
  };

  for (let token = nextToken(reader); token !== undefined; token = nextToken(reader)) {
    if (token.kind === 'word') {
      const { text: word, quoted, start, end } = token;
      words.push({ text: word, quoted, start, end });
    } else if (token.kind === ';') finish(token.end);
    else if (token.kind === '{') {
      if (open.length < MAXIMUM_DEPTH) open.push({ ...head(token.start), statements: [] });
      else {
        if (surplus++ === 0) reader.trouble.push({ message: 'blocks are nested too deeply', offset: token.start });
        finish(token.end);
      }
    } else {
      finish(token.start);
      if (surplus > 0) surplus--;
      else if (open.length === 0) reader.trouble.push({ message: '"}" closes nothing', offset: token.start });
      else close(token.end);
    }
  }
  finish(text.length);
  if (open.length > 0) reader.trouble.push({ message: 'the block is never closed', offset: open.at(-1)?.start ?? 0 });
  while (open.length > 0) close(text.length);
  if (reader.templated)
    reader.trouble.push({ message: 'the file is a template: its branches were read as if each applied', offset: 0 });
  return { tree: { statements, templated: reader.templated }, trouble: reader.trouble, comments: reader.comments };
}
