import type { Expression, FormattedValue, JoinedStr } from './ast.js';
import { parseExpressionList, parseYield } from './expressions.js';
import { isString, Kind } from './kinds.js';
import { decode, Prefix, stringPrefix } from './lexemes.js';
import { accept, advance, enter, expect, fail, lastEnd, tokenStart } from './state.js';
import type { Parser } from './state.js';

type Parts = (string | FormattedValue)[];

/** String literals side by side, as one value. */
export function parseStrings(p: Parser): Expression {
  const start = tokenStart(p);
  const first = p.kind;
  const flags = prefixOf(p);
  if (first !== Kind.FormatStart) {
    let value = parsePlain(p, flags);
    if (!isString(p.kind)) return constant(start, lastEnd(p), flags, value);
    const pieces = [value];
    while (p.kind === Kind.String || p.kind === Kind.StringEscaped) {
      const other = prefixOf(p);
      if (((flags ^ other) & Prefix.Bytes) !== 0) fail(p, 'bytes and text side by side');
      pieces.push(parsePlain(p, other));
    }
    value = pieces.join('');
    if (p.kind !== Kind.FormatStart) return constant(start, lastEnd(p), flags, value);
    if ((flags & Prefix.Bytes) !== 0) fail(p, 'bytes and text side by side');
    return parseJoined(p, start, value === '' ? [] : [value]);
  }
  return parseJoined(p, start, []);
}

function constant(start: number, end: number, flags: number, value: string): Expression {
  return { type: 'Constant', start, end, kind: (flags & Prefix.Bytes) !== 0 ? 'bytes' : 'str', value };
}

function prefixOf(p: Parser): number {
  let end = tokenStart(p);
  for (let c = p.text.charCodeAt(end); c !== 34 && c !== 39;) c = p.text.charCodeAt(++end);
  return stringPrefix(p.text, tokenStart(p), end);
}

function parsePlain(p: Parser, flags: number): string {
  const { text } = p;
  let start = tokenStart(p);
  let end = p.ends[p.at] ?? 0;
  let quote = text.charCodeAt(start);
  while (quote !== 34 && quote !== 39) quote = text.charCodeAt(++start);
  const triple = end - start >= 6 && text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote;
  start += triple ? 3 : 1;
  end -= triple ? 3 : 1;
  const value = p.kind === Kind.String ? text.slice(start, end) : decode(text, start, end, flags, false);
  advance(p);
  return value;
}

function parseJoined(p: Parser, start: number, values: Parts): JoinedStr {
  let template = false;
  while (isString(p.kind)) {
    const flags = prefixOf(p);
    if ((flags & Prefix.Bytes) !== 0) fail(p, 'bytes and text side by side');
    if (p.kind === Kind.FormatStart) {
      if ((flags & Prefix.Template) !== 0) template = true;
      advance(p);
      parseParts(p, values, flags);
      expect(p, Kind.FormatEnd, 'the end of an f-string');
    } else append(values, parsePlain(p, flags));
  }
  return { type: 'JoinedStr', start, end: lastEnd(p), template, values };
}

function append(values: Parts, text: string): void {
  if (text === '') return;
  const last = values.length - 1;
  const before = values[last];
  if (typeof before === 'string') values[last] = before + text;
  else values.push(text);
}

function parseParts(p: Parser, values: Parts, flags: number): void {
  for (;;) {
    if (p.kind === Kind.FormatMiddle) {
      append(values, p.text.slice(p.starts[p.at], p.ends[p.at]));
      advance(p);
    } else if (p.kind === Kind.FormatMiddleEscaped) {
      append(values, decode(p.text, tokenStart(p), p.ends[p.at] ?? 0, flags, true));
      advance(p);
    } else if (p.kind === Kind.LeftBrace) parseField(p, values, flags);
    else return;
  }
}

/** The text between two places as written, without its comments. */
function sourceText(p: Parser, start: number, end: number): string {
  let from = start;
  let value = '';
  if (p.text.slice(start, end).includes('#')) {
    for (let at = firstComment(p, start); at < p.comments.length; at++) {
      const comment = p.comments[at];
      if (comment === undefined || comment.start >= end) break;
      value += decode(p.text, from, comment.start, Prefix.Raw, false);
      from = comment.end;
    }
  }
  return value + decode(p.text, from, end, Prefix.Raw, false);
}

/** Index of the first comment from `offset` on. */
function firstComment(p: Parser, offset: number): number {
  let low = 0;
  let high = p.comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((p.comments[middle]?.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function parseField(p: Parser, values: Parts, flags: number): void {
  const start = tokenStart(p);
  enter(p);
  advance(p);
  const from = lastEnd(p);
  const value = p.kind === Kind.Yield ? parseYield(p) : parseExpressionList(p);
  // `{x = }` also shows what it says.
  const shown = accept(p, Kind.Equal);
  if (shown) append(values, sourceText(p, from, tokenStart(p)));
  let conversion: FormattedValue['conversion'] = null;
  if (accept(p, Kind.Exclamation)) {
    const letter = p.text.slice(p.starts[p.at], p.ends[p.at]);
    if (letter !== 's' && letter !== 'r' && letter !== 'a') fail(p, "expected 's', 'r' or 'a' after '!'");
    conversion = letter;
    advance(p);
  }
  let format: Parts | null = null;
  if (accept(p, Kind.Colon)) {
    format = [];
    parseParts(p, format, flags);
  } else if (shown) conversion ??= 'r';
  expect(p, Kind.RightBrace, "'}' of an f-string");
  p.depth--;
  values.push({ type: 'FormattedValue', start, end: lastEnd(p), value, conversion, format });
}
