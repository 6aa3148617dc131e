import type { Range } from '../document.js';

export type GoTokenKind = 'field' | 'variable' | 'word' | 'text' | 'number' | 'sign';

export interface GoToken extends Range {
  readonly kind: GoTokenKind;
  readonly value: string;
  /** Nothing stands between it and the token before. */
  readonly adjacent: boolean;
}

/** Literal text, or what stands between `{{` and `}}`. */
export type GoPart = Range &
  ({ readonly kind: 'text' } | { readonly kind: 'tokens'; readonly tokens: readonly GoToken[] });

export class GoTemplateFault extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** One alternative for each kind of token; none can match the same text in two ways. */
const TOKEN =
  /(?<blank>\s+)|(?<field>\.[A-Za-z_]\w*)|(?<variable>\$\w*)|(?<word>[A-Za-z_]\w*)|(?<raw>`[^`]*`)|(?<quoted>"(?:[^"\\\n]|\\[^\n])*")|(?<letter>'(?:[^'\\\n]|\\[^\n])*')|(?<number>[-+]?(?:0[xX][0-9a-fA-F]+(?:[pP][-+]?\d{1,3})?|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+))|(?<sign>:=|[=|(),.])/y;

const COMMENT = /\{\{(?:-\s)?\s*\/\*/y;

/** The parts of a template, https://pkg.go.dev/text/template; blanks that `{{-` and `-}}` take away are left out. */
export function partsOf(text: string): GoPart[] {
  const parts: GoPart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const end = open < 0 ? text.length : open;
    const trims = open >= 0 && /\{\{-\s/y.test(text.slice(open, open + 4));
    const until = trims ? trimmedEnd(text, at, end) : end;
    if (until > at) parts.push({ kind: 'text', start: at, end: until });
    if (open < 0) break;
    at = isComment(text, open) ? afterComment(text, open) : pushTokens(text, open, trims, parts);
    if (text.charAt(at - 3) === '-' && /\s/.test(text.charAt(at - 4))) while (/\s/.test(text.charAt(at))) at++;
  }
  return parts;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

function isComment(text: string, open: number): boolean {
  COMMENT.lastIndex = open;
  return COMMENT.test(text);
}

function afterComment(text: string, open: number): number {
  const end = text.indexOf('*/', open);
  const close = end < 0 ? -1 : text.indexOf('}}', end);
  if (close < 0) throw new GoTemplateFault('a comment that does not end', open);
  return close + 2;
}

function pushTokens(text: string, open: number, trims: boolean, parts: GoPart[]): number {
  const tokens: GoToken[] = [];
  let at = open + (trims ? 3 : 2);
  let adjacent = false;
  for (;;) {
    if (text.startsWith('}}', at)) break;
    if (text.startsWith('-}}', at) && /\s/.test(text.charAt(at - 1))) {
      at++;
      break;
    }
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw new GoTemplateFault('what stands between {{ and }} cannot be read', at);
    const end = TOKEN.lastIndex;
    const token: GoToken | undefined = groups.blank === undefined ? tokenOf(groups, at, end, adjacent) : undefined;
    if (token !== undefined) tokens.push(token);
    adjacent = token !== undefined;
    at = end;
  }
  parts.push({ kind: 'tokens', tokens, start: open, end: at + 2 });
  return at + 2;
}

function tokenOf(
  groups: Readonly<Record<string, string | undefined>>,
  start: number,
  end: number,
  adjacent: boolean,
): GoToken {
  const token = (kind: GoTokenKind, value: string): GoToken => ({ kind, value, start, end, adjacent });
  const { field, variable, word, raw, quoted, letter, number } = groups;
  if (field !== undefined) return token('field', field.slice(1));
  if (variable !== undefined) return token('variable', variable.slice(1));
  if (word !== undefined) return token('word', word);
  if (raw !== undefined) return token('text', raw.slice(1, -1));
  if (quoted !== undefined) return token('text', unescaped(quoted.slice(1, -1)));
  if (letter !== undefined) return token('number', String(unescaped(letter.slice(1, -1)).codePointAt(0) ?? 0));
  if (number !== undefined) return token('number', number.replaceAll('_', ''));
  return token('sign', groups.sign ?? '');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
]);

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/g, (_, hex?: string, wide?: string, one = '') =>
    hex !== undefined || wide !== undefined
      ? String.fromCharCode(Number.parseInt(hex ?? wide ?? '0', 16))
      : (ESCAPES.get(one as string) ?? (one as string)),
  );
}
