import type {
  Call,
  Comprehension,
  ComprehensionClause,
  Constant,
  Dict,
  Expression,
  Keyword,
  Subscript,
} from './python-ast.js';
import {
  checkTarget,
  parseBinary,
  parseElement,
  parseExpression,
  parseNamedExpression,
  parseTargetList,
  parseYield,
} from './python-expressions.js';
import { isName, Kind } from './python-kinds.js';
import { numberValue } from './python-lexemes.js';
import {
  accept,
  advance,
  enter,
  expect,
  fail,
  lastEnd,
  link,
  nameText,
  peek,
  takeName,
  tokenStart,
} from './python-state.js';
import type { Parser } from './python-state.js';
import { parseStrings } from './python-strings.js';

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

function startsComprehension(p: Parser): boolean {
  return p.kind === Kind.For || (p.kind === Kind.Async && peek(p) === Kind.For);
}

function parseParenthesis(p: Parser): Expression {
  const start = tokenStart(p);
  enter(p);
  advance(p);
  let value: Expression;
  if (p.kind === Kind.RightParen) {
    advance(p);
    value = { type: 'Tuple', start, end: lastEnd(p), elts: [] };
  } else if (p.kind === Kind.Yield) {
    value = parseYield(p);
    expect(p, Kind.RightParen, "')'");
  } else {
    value = parseElement(p);
    if (startsComprehension(p)) {
      value = parseComprehension(p, start, 'generator', value, null, Kind.RightParen);
    } else if (p.kind === Kind.Comma) {
      const elts = parseElements(p, value, Kind.RightParen, "')'");
      value = { type: 'Tuple', start, end: lastEnd(p), elts };
    } else {
      if (value.type === 'Starred') fail(p, "'*' needs a list, a tuple or a call around it");
      expect(p, Kind.RightParen, "')'");
    }
  }
  p.depth--;
  return value;
}

/** The elements after the first, and the closing bracket. */
function parseElements(p: Parser, first: Expression, close: number, what: string): Expression[] {
  const elts = [first];
  while (accept(p, Kind.Comma) && p.kind !== close) elts.push(parseElement(p));
  expect(p, close, what);
  return elts;
}

function parseListDisplay(p: Parser): Expression {
  const start = tokenStart(p);
  enter(p);
  advance(p);
  let value: Expression;
  if (accept(p, Kind.RightBracket)) {
    value = { type: 'List', start, end: lastEnd(p), elts: [] };
  } else {
    const first = parseElement(p);
    if (startsComprehension(p)) value = parseComprehension(p, start, 'list', first, null, Kind.RightBracket);
    else {
      const elts = parseElements(p, first, Kind.RightBracket, "']'");
      value = { type: 'List', start, end: lastEnd(p), elts };
    }
  }
  p.depth--;
  return value;
}

function parseBraces(p: Parser): Expression {
  const start = tokenStart(p);
  enter(p);
  advance(p);
  let value: Expression;
  if (p.kind === Kind.RightBrace || p.kind === Kind.DoubleStar) value = parseDict(p, start, null);
  else {
    const first = parseElement(p);
    if (p.kind === Kind.Colon && first.type !== 'Starred') value = parseDict(p, start, first);
    else if (startsComprehension(p)) value = parseComprehension(p, start, 'set', first, null, Kind.RightBrace);
    else {
      const elts = parseElements(p, first, Kind.RightBrace, "'}'");
      value = { type: 'Set', start, end: lastEnd(p), elts };
    }
  }
  p.depth--;
  return value;
}

/** A dict from its first key on, which may have been read already. */
function parseDict(p: Parser, start: number, firstKey: Expression | null): Dict | Comprehension {
  const keys: (Expression | null)[] = [];
  const values: Expression[] = [];
  let key = firstKey;
  while (key !== null || p.kind !== Kind.RightBrace) {
    if (key === null && accept(p, Kind.DoubleStar)) {
      keys.push(null);
      values.push(parseBinary(p, 5));
    } else {
      key ??= parseExpression(p);
      expect(p, Kind.Colon, "':'");
      const value = parseExpression(p);
      if (keys.length === 0 && startsComprehension(p)) {
        return parseComprehension(p, start, 'dict', key, value, Kind.RightBrace);
      }
      keys.push(key);
      values.push(value);
      key = null;
    }
    if (!accept(p, Kind.Comma)) break;
  }
  expect(p, Kind.RightBrace, "'}'");
  return { type: 'Dict', start, end: lastEnd(p), keys, values };
}

/** From its first `for` on, with the closing bracket. */
function parseComprehension(
  p: Parser,
  start: number,
  kind: Comprehension['kind'],
  element: Expression,
  value: Expression | null,
  close: number,
): Comprehension {
  const clauses: ComprehensionClause[] = [];
  while (startsComprehension(p)) clauses.push(parseClause(p));
  expect(p, close, 'the end of a comprehension');
  return { type: 'Comprehension', start, end: lastEnd(p), kind, element, value, clauses };
}

function parseClause(p: Parser): ComprehensionClause {
  const start = tokenStart(p);
  const async = accept(p, Kind.Async);
  advance(p);
  const target = parseTargetList(p);
  checkTarget(p, target);
  expect(p, Kind.In, "'in'");
  const iter = parseBinary(p, 1);
  const ifs: Expression[] = [];
  while (accept(p, Kind.If)) {
    ifs.push(isName(p.kind) && peek(p) === Kind.ColonEqual ? parseNamedExpression(p) : parseBinary(p, 1));
  }
  return { type: 'ComprehensionClause', start, end: lastEnd(p), async, target, iter, ifs };
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
