import type { Call, Constant, Expression, Keyword, Subscript } from './ast.js';
import { parseExpression, parseNamedExpression } from './expressions.js';
import {
  parseBraces,
  parseComprehension,
  parseListDisplay,
  parseParenthesis,
  startsComprehension,
} from './displays.js';
import { isName, Kind } from './kinds.js';
import { numberValue } from './lexemes.js';
import { accept, advance, enter, expect, fail, lastEnd, link, nameText, peek, takeName, tokenStart } from './state.js';
import type { Parser } from './state.js';
import { parseStrings } from './strings.js';

/** An atom with the attributes, calls and indexes that follow it. */
export function parsePrimary(p: Parser): Expression {
  const outer = p.chain;
  p.chain = 0;
  const start = tokenStart(p);
  let value = parseAtom(p);
  for (;;) {
    if (p.kind === Kind.Dot) {
      link(p);
      advance(p);
      const attrStart = tokenStart(p);
      const attr = takeName(p, "a name after '.'");
      value = { type: 'Attribute', start, end: lastEnd(p), value, attr, attrStart };
    } else if (p.kind === Kind.LeftParen) {
      link(p);
      value = parseCall(p, start, value);
    } else if (p.kind === Kind.LeftBracket) {
      link(p);
      value = parseSubscript(p, start, value);
    } else break;
  }
  if (p.chain < outer) p.chain = outer;
  return value;
}

function parseAtom(p: Parser): Expression {
  const start = tokenStart(p);
  switch (p.kind) {
    case Kind.Name:
    case Kind.Match:
    case Kind.Case:
    case Kind.Type: {
      const id = nameText(p);
      advance(p);
      return { type: 'Name', start, end: lastEnd(p), id };
    }
    case Kind.String:
    case Kind.StringEscaped:
    case Kind.FormatStart:
      return parseStrings(p);
    case Kind.Number:
      return parseNumber(p);
    case Kind.LeftParen:
      return parseParenthesis(p);
    case Kind.LeftBracket:
      return parseListDisplay(p);
    case Kind.LeftBrace:
      return parseBraces(p);
    case Kind.None:
      advance(p);
      return { type: 'Constant', start, end: lastEnd(p), kind: 'none', value: null };
    case Kind.True:
      advance(p);
      return { type: 'Constant', start, end: lastEnd(p), kind: 'bool', value: true };
    case Kind.False:
      advance(p);
      return { type: 'Constant', start, end: lastEnd(p), kind: 'bool', value: false };
    case Kind.Ellipsis:
      advance(p);
      return { type: 'Constant', start, end: lastEnd(p), kind: 'ellipsis', value: null };
    default:
      return fail(p, 'expected an expression');
  }
}

function parseNumber(p: Parser): Constant {
  const start = tokenStart(p);
  const number = numberValue(p.text.slice(start, p.ends[p.at]));
  if (typeof number === 'string') fail(p, number);
  advance(p);
  const end = lastEnd(p);
  switch (number.kind) {
    case 'int':
      return { type: 'Constant', start, end, kind: 'int', value: number.value };
    case 'float':
      return { type: 'Constant', start, end, kind: 'float', value: number.value };
    case 'complex':
      return { type: 'Constant', start, end, kind: 'complex', value: null };
  }
}

function parseCall(p: Parser, start: number, func: Expression): Call {
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  parseArguments(p, args, keywords);
  return { type: 'Call', start, end: lastEnd(p), func, args, keywords };
}

/** From `(` to `)`. */
export function parseArguments(p: Parser, args: Expression[], keywords: Keyword[]): void {
  const open = tokenStart(p);
  enter(p);
  advance(p);
  while (p.kind !== Kind.RightParen) {
    const start = tokenStart(p);
    if (p.kind === Kind.DoubleStar) {
      advance(p);
      const value = parseExpression(p);
      keywords.push({ type: 'Keyword', start, end: lastEnd(p), name: null, value });
    } else if (isName(p.kind) && peek(p) === Kind.Equal) {
      const name = takeName(p, 'a name');
      advance(p);
      const value = parseExpression(p);
      keywords.push({ type: 'Keyword', start, end: lastEnd(p), name, value });
    } else if (accept(p, Kind.Star)) {
      const value = parseExpression(p);
      args.push({ type: 'Starred', start, end: lastEnd(p), value });
    } else {
      const value = parseNamedExpression(p);
      if (startsComprehension(p)) {
        // A generator that is the only argument owns the parentheses of the call.
        if (args.length + keywords.length > 0) fail(p, 'a generator expression needs parentheses here');
        args.push(parseComprehension(p, open, 'generator', value, null, Kind.RightParen));
        p.depth--;
        return;
      }
      args.push(value);
    }
    if (!accept(p, Kind.Comma)) break;
  }
  expect(p, Kind.RightParen, "')'");
  p.depth--;
}

function parseSubscript(p: Parser, start: number, value: Expression): Subscript {
  enter(p);
  advance(p);
  const from = tokenStart(p);
  let slice = parseIndex(p);
  if (p.kind === Kind.Comma || slice.type === 'Starred') {
    const elts = [slice];
    while (accept(p, Kind.Comma) && p.kind !== Kind.RightBracket) elts.push(parseIndex(p));
    slice = { type: 'Tuple', start: from, end: lastEnd(p), elts };
  }
  expect(p, Kind.RightBracket, "']'");
  p.depth--;
  return { type: 'Subscript', start, end: lastEnd(p), value, slice };
}

function parseIndex(p: Parser): Expression {
  const start = tokenStart(p);
  if (accept(p, Kind.Star)) {
    const value = parseExpression(p);
    return { type: 'Starred', start, end: lastEnd(p), value };
  }
  const lower = p.kind === Kind.Colon ? null : parseNamedExpression(p);
  if (lower !== null && p.kind !== Kind.Colon) return lower;
  advance(p);
  const upper = endsIndex(p.kind) ? null : parseExpression(p);
  const step = accept(p, Kind.Colon) && !endsIndex(p.kind) ? parseExpression(p) : null;
  return { type: 'Slice', start, end: lastEnd(p), lower, upper, step };
}

const endsIndex = (kind: number): boolean => kind === Kind.Colon || kind === Kind.Comma || kind === Kind.RightBracket;
