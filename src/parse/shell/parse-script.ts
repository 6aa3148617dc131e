import type { Comment, SyntaxTrouble } from '../document.js';
import type { Joint, RawWord, Script, Step } from './script.js';
import { tokens, type Token } from './tokens.js';

/** Compound commands inside one another beyond this are left out. */
const DEEPEST = 100;

interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  readonly trouble: SyntaxTrouble[];
}

type Closing = ReadonlySet<string>;
const closing = (...words: string[]): Closing => new Set(words);
const NOTHING = closing();

/** Tolerant: what it does not understand is read as a simple command, and it always ends. */
export function parseScript(text: string, comments: Comment[] = [], trouble: SyntaxTrouble[] = []): Script {
  const cursor: Cursor = { tokens: tokens(text, comments), at: 0, depth: 0, trouble };
  const steps: Step[] = [];
  while (cursor.at < cursor.tokens.length) {
    const before = cursor.at;
    for (const step of list(cursor, NOTHING)) steps.push(step);
    // A stray `)`, `fi` or `;;` would otherwise hold the cursor for ever.
    if (cursor.at === before) cursor.at++;
  }
  return { steps };
}

function peek(cursor: Cursor): Token | undefined {
  return cursor.tokens[cursor.at];
}

function list(cursor: Cursor, until: Closing): Step[] {
  const steps: Step[] = [];
  let joint: Joint = 'then';
  let negated = false;
  for (;;) {
    skipNewlines(cursor);
    const token = peek(cursor);
    if (token === undefined || until.has(token.raw)) return steps;
    if (token.type === 'operator' && token.raw !== '(') {
      if (token.raw.startsWith(';;') || token.raw === ';&' || token.raw === ')') return steps;
      cursor.at++;
      continue;
    }
    if (token.raw === '!') {
      cursor.at++;
      negated = !negated;
      continue;
    }
    const step = command(cursor, joint);
    const operator = peek(cursor);
    const raw = operator?.type === 'operator' ? operator.raw : '';
    if (step !== undefined) steps.push({ ...step, negated, background: raw === '&' });
    negated = false;
    joint = raw === '&&' ? 'and' : raw === '||' ? 'or' : raw === '|' ? 'pipe' : 'then';
    if (raw === '&&' || raw === '||' || raw === '|' || raw === '&' || raw === ';') cursor.at++;
  }
}

function skipNewlines(cursor: Cursor): void {
  while (peek(cursor)?.type === 'newline') cursor.at++;
}

function command(cursor: Cursor, joint: Joint): Step | undefined {
  const first = peek(cursor);
  if (first === undefined) return undefined;
  if (cursor.depth >= DEEPEST) {
    if (cursor.trouble.length === 0) {
      cursor.trouble.push({
        message: `nested more than ${DEEPEST} levels deep; read as one line`,
        offset: first.start,
      });
    }
    return simple(cursor, joint);
  }
  cursor.depth++;
  try {
    return compound(cursor, first, joint) ?? simple(cursor, joint);
  } finally {
    cursor.depth--;
  }
}

function compound(cursor: Cursor, first: Token, joint: Joint): Step | undefined {
  const { start } = first;
  const common = { joint, background: false, negated: false, start };
  switch (first.raw) {
    case '{':
      cursor.at++;
      return { kind: 'group', ...common, apart: false, body: enclosed(cursor, '}'), end: lastEnd(cursor) };
    case '(':
      cursor.at++;
      return { kind: 'group', ...common, apart: true, body: enclosed(cursor, ')'), end: lastEnd(cursor) };
    case 'if':
      return { kind: 'if', ...common, ...conditional(cursor), end: lastEnd(cursor) };
    case 'case':
      return { kind: 'case', ...common, ...selection(cursor), end: lastEnd(cursor) };
    case 'while':
    case 'until':
    case 'for':
    case 'select':
      return { kind: 'loop', ...common, ...loop(cursor, first.raw), end: lastEnd(cursor) };
    default:
      return definition(cursor, first, common);
  }
}

function enclosed(cursor: Cursor, end: string): Step[] {
  const body = list(cursor, closing(end));
  take(cursor, end);
  return body;
}

function take(cursor: Cursor, raw: string): boolean {
  if (peek(cursor)?.raw !== raw) return false;
  cursor.at++;
  return true;
}

function lastEnd(cursor: Cursor): number {
  return cursor.tokens[cursor.at - 1]?.end ?? 0;
}

function conditional(cursor: Cursor): { branches: { test: Step[]; body: Step[] }[]; otherwise: Step[] | undefined } {
  const branches: { test: Step[]; body: Step[] }[] = [];
  let otherwise: Step[] | undefined;
  while (take(cursor, 'if') || take(cursor, 'elif')) {
    const test = list(cursor, closing('then', 'fi'));
    take(cursor, 'then');
    branches.push({ test, body: list(cursor, closing('elif', 'else', 'fi')) });
    if (peek(cursor)?.raw !== 'elif') break;
  }
  if (take(cursor, 'else')) otherwise = list(cursor, closing('fi'));
  take(cursor, 'fi');
  return { branches, otherwise };
}

function selection(cursor: Cursor): {
  subject: RawWord | undefined;
  arms: { patterns: RawWord[]; body: Step[] }[];
} {
  cursor.at++;
  const subject = peek(cursor);
  cursor.at++;
  skipNewlines(cursor);
  take(cursor, 'in');
  const arms: { patterns: RawWord[]; body: Step[] }[] = [];
  for (;;) {
    skipNewlines(cursor);
    if (peek(cursor) === undefined || take(cursor, 'esac')) break;
    take(cursor, '(');
    const patterns: RawWord[] = [];
    for (let token = peek(cursor); token?.type === 'word' || token?.raw === '|'; token = peek(cursor)) {
      if (token.type === 'word') patterns.push(token);
      cursor.at++;
    }
    if (!take(cursor, ')')) cursor.at++;
    arms.push({ patterns, body: list(cursor, closing('esac')) });
    const end = peek(cursor);
    if (end?.type === 'operator' && end.raw !== '(') cursor.at++;
  }
  return { subject: subject?.type === 'word' ? subject : undefined, arms };
}

function loop(cursor: Cursor, word: string): { variable: string | undefined; body: Step[] } {
  cursor.at++;
  const test: Step[] = [];
  const name = peek(cursor);
  const counts = word === 'for' || word === 'select';
  if (counts) while (peek(cursor) !== undefined && peek(cursor)?.raw !== 'do') cursor.at++;
  else test.push(...list(cursor, closing('do', 'done')));
  take(cursor, 'do');
  const body = list(cursor, closing('done'));
  take(cursor, 'done');
  return { variable: counts && name?.type === 'word' ? name.raw : undefined, body: [...test, ...body] };
}

function definition(
  cursor: Cursor,
  first: Token,
  common: { joint: Joint; background: boolean; negated: boolean; start: number },
): Step | undefined {
  const [second, third] = [cursor.tokens[cursor.at + 1], cursor.tokens[cursor.at + 2]];
  const keyword = first.raw === 'function' && second?.type === 'word';
  const parentheses = first.type === 'word' && second?.raw === '(' && third?.raw === ')';
  if (!keyword && !parentheses) return undefined;
  cursor.at += keyword ? 2 : 3;
  if (keyword && take(cursor, '(')) take(cursor, ')');
  skipNewlines(cursor);
  const body = command(cursor, 'then');
  const name = keyword ? second.raw : first.raw;
  return { kind: 'function', ...common, name, body: body === undefined ? [] : [body], end: lastEnd(cursor) };
}

function simple(cursor: Cursor, joint: Joint): Step {
  const words: RawWord[] = [];
  const start = peek(cursor)?.start ?? 0;
  // `[[ a && b ]]` and `(( ))` hold operators that join nothing.
  let double = false;
  for (let token = peek(cursor); token !== undefined; token = peek(cursor)) {
    if (token.raw === '[[' && words.length === 0) double = true;
    if (token.type === 'newline' || (token.type === 'operator' && !double)) break;
    words.push({ raw: token.raw, start: token.start, end: token.end });
    cursor.at++;
    if (token.raw === ']]') double = false;
  }
  if (words.length === 0) cursor.at++;
  return { kind: 'simple', joint, background: false, negated: false, words, start, end: lastEnd(cursor) };
}
