import type { Comprehension, ComprehensionClause, Dict, Expression } from './ast.js';
import {
  checkTarget,
  Level,
  parseBinary,
  parseElement,
  parseExpression,
  parseNamedExpression,
  parseTargetList,
  parseYield,
} from './expressions.js';
import { isName, Kind } from './kinds.js';
import { accept, advance, enter, expect, fail, lastEnd, peek, tokenStart, type Parser } from './state.js';

export function startsComprehension(p: Parser): boolean {
  return p.kind === Kind.For || (p.kind === Kind.Async && peek(p) === Kind.For);
}

export function parseParenthesis(p: Parser): Expression {
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

export function parseListDisplay(p: Parser): Expression {
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

export function parseBraces(p: Parser): Expression {
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
      values.push(parseBinary(p, Level.BitOr));
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
export function parseComprehension(
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
  const iter = parseBinary(p, Level.Or);
  const ifs: Expression[] = [];
  while (accept(p, Kind.If)) {
    ifs.push(isName(p.kind) && peek(p) === Kind.ColonEqual ? parseNamedExpression(p) : parseBinary(p, Level.Or));
  }
  return { type: 'ComprehensionClause', start, end: lastEnd(p), async, target, iter, ifs };
}
