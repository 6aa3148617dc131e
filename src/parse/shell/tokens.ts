import type { Comment } from '../document.js';

export interface Token {
  readonly type: 'word' | 'operator' | 'newline';
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** Substitutions inside substitutions beyond this are read as plain characters. */
const DEEPEST = 50;
/** An array whose end is not found before is none. */
const LONGEST_ARRAY = 4_000;
const OPERATORS = [';;&', ';;', ';&', '&&', '||', '&', '|', ';', '(', ')'];

/** Cuts a script into words and operators; redirections and the bodies of here-documents are left out. Never throws, linear. */
export function tokens(text: string, comments: Comment[] = []): Token[] {
  const found: Token[] = [];
  const hereDocuments: { end: string; tabs: boolean }[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === ' ' || character === '\t' || character === '\r') at++;
    else if (character === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at = text.indexOf('\n', at) + 1;
    else if (character === '\n') {
      found.push({ type: 'newline', raw: '\n', start: at, end: at + 1 });
      at = skipHereDocuments(text, at + 1, hereDocuments);
    } else if (character === '#') {
      const end = lineEnd(text, at);
      comments.push({ start: at, end });
      at = end;
    } else {
      const redirection = redirectionAt(text, at);
      if (redirection !== undefined) {
        at = redirection.end;
        if (redirection.hereDocument !== undefined) hereDocuments.push(redirection.hereDocument);
        continue;
      }
      const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at));
      const end = operator === undefined ? arrayEnd(text, at, wordEnd(text, at)) : at + operator.length;
      found.push({ type: operator === undefined ? 'word' : 'operator', raw: text.slice(at, end), start: at, end });
      at = end;
    }
  }
  return found;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function redirectionAt(
  text: string,
  at: number,
): { end: number; hereDocument?: { end: string; tabs: boolean } } | undefined {
  const code = text.charAt(at);
  if (code !== '<' && code !== '>' && code !== '&' && code !== '{' && !(code >= '0' && code <= '9')) return undefined;
  const match = /^(?:(?:\d{0,3}|\{\w{1,40}\})(?:<<<|<<-?|<>|<&|>&|>>|>\||[<>](?!\())|&>>?)[ \t]*/.exec(
    text.slice(at, at + 200),
  );
  if (match === null) return undefined;
  const start = at + match[0].length;
  const isWord = /^(?:[<>]\(|[^\s;&|()<>])/.test(text.slice(start, start + 2));
  const end = isWord ? wordEnd(text, start) : start;
  const operator = match[0].trim().replace(/^(?:\d+|\{\w+\})/, '');
  if (operator !== '<<' && operator !== '<<-') return { end: Math.max(end, at + 1) };
  const word = text.slice(start, end).replace(/["'\\]/g, '');
  return { end, hereDocument: { end: word, tabs: operator === '<<-' } };
}

function skipHereDocuments(text: string, from: number, pending: { end: string; tabs: boolean }[]): number {
  let at = from;
  for (const { end, tabs } of pending.splice(0)) {
    while (at < text.length) {
      const stop = lineEnd(text, at);
      const line = text.slice(at, stop).replace(/\r$/, '');
      at = Math.min(stop + 1, text.length);
      if ((tabs ? line.replace(/^\t+/, '') : line) === end) break;
    }
  }
  return at;
}

/** Where the word that starts here ends: quotes, `$( )`, `${ }` and backquotes belong to it whole. */
export function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (/[\s;&|()<>]/.test(character)) {
      const substitution = (character === '<' || character === '>') && text.charAt(at + 1) === '(';
      if (!substitution) break;
      at = skipEnclosed(text, at + 2, ')', 1);
    } else at = skipUnit(text, at, 0);
  }
  return Math.max(at, start + 1);
}

/** An array that stands right after `=` belongs to the word: `ARGS=(-A shop)`, `ARGS+=(--beat)`. One that nobody closes does not. */
function arrayEnd(text: string, start: number, end: number): number {
  if (text.charAt(end) !== '(' || !/^[A-Za-z_]\w{0,99}\+?=$/.test(text.slice(start, Math.min(end, start + 110))))
    return end;
  let at = end + 1;
  while (at < text.length && at - end < LONGEST_ARRAY) {
    const character = text.charAt(at);
    if (character === ')') return at + 1;
    if (character === '#' && /\s/.test(text.charAt(at - 1))) at = lineEnd(text, at);
    else at = skipUnit(text, at, 0);
  }
  return end;
}

/** Past one character, or past one quoted or substituted stretch. */
export function skipUnit(text: string, at: number, depth: number): number {
  const character = text.charAt(at);
  if (character === '\\') return Math.min(at + 2, text.length);
  if (character === "'") return past(text, text.indexOf("'", at + 1));
  if (depth > DEEPEST) return at + 1;
  if (character === '"') return skipEnclosed(text, at + 1, '"', depth + 1);
  if (character === '`') return skipEnclosed(text, at + 1, '`', depth + 1);
  if (character === '$') {
    const next = text.charAt(at + 1);
    if (next === '(') return skipEnclosed(text, at + 2, ')', depth + 1);
    if (next === '{') return skipEnclosed(text, at + 2, '}', depth + 1);
  }
  return at + 1;
}

function skipEnclosed(text: string, from: number, closing: string, depth: number): number {
  let at = from;
  let open = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === closing) {
      at++;
      if (open === 0) return at;
      open--;
    } else if (closing === '"' && character === "'") at++;
    else if (closing === ')' && character === '(') {
      open++;
      at++;
    } else at = skipUnit(text, at, depth);
  }
  return text.length;
}

function past(text: string, found: number): number {
  return found < 0 ? text.length : found + 1;
}
