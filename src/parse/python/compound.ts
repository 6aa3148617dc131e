import type { ClassDef, ExceptHandler, Expression, FunctionDef, If, Keyword, Statement, Try, WithItem } from './ast.js';
import { parseArguments } from './atoms.js';
import {
  checkTarget,
  parseExpression,
  parseExpressionList,
  parseNamedExpression,
  parseParameters,
  parseTarget,
  parseTargetList,
} from './expressions.js';
import { Kind } from './kinds.js';
import { opensMatch, parseMatch } from './match.js';
import { accept, advance, complain, expect, fail, lastEnd, MAX_CHAIN, moveTo, peek } from './state.js';
import { takeName, tokenStart, type Parser } from './state.js';
import { skipBranches } from './recovery.js';
import { parseBlock } from './statements.js';
import { skipTypeParameters } from './types.js';

/** A compound statement, or null where a simple one begins. */
export function parseCompound(p: Parser): Statement | null {
  const start = tokenStart(p);
  switch (p.kind) {
    case Kind.Def:
      return parseFunction(p, start, false, []);
    case Kind.Class:
      return parseClass(p, []);
    case Kind.If:
      return parseIf(p);
    case Kind.For:
      return parseFor(p, start, false);
    case Kind.While:
      return parseWhile(p);
    case Kind.Try:
      return parseTry(p);
    case Kind.With:
      return parseWith(p, start, false);
    case Kind.At:
      return parseDecorated(p);
    case Kind.Async:
      advance(p);
      if (p.kind === Kind.Def) return parseFunction(p, start, true, []);
      if (p.kind === Kind.For) return parseFor(p, start, true);
      if (p.kind === Kind.With) return parseWith(p, start, true);
      return fail(p, "expected 'def', 'for' or 'with' after 'async'");
    case Kind.Match:
      return opensMatch(p) ? parseMatch(p) : null;
    default:
      return null;
  }
}

function parseDecorated(p: Parser): Statement {
  const decorators: Expression[] = [];
  while (accept(p, Kind.At)) {
    decorators.push(parseNamedExpression(p));
    expect(p, Kind.Newline, 'the end of the decorator');
  }
  const start = tokenStart(p);
  if (p.kind === Kind.Class) return parseClass(p, decorators);
  const async = accept(p, Kind.Async);
  if (p.kind !== Kind.Def) fail(p, "expected 'def' or 'class' after a decorator");
  return parseFunction(p, start, async, decorators);
}

function parseFunction(p: Parser, start: number, async: boolean, decorators: Expression[]): FunctionDef {
  advance(p);
  const nameStart = tokenStart(p);
  const name = takeName(p, 'the name of a function');
  skipTypeParameters(p);
  expect(p, Kind.LeftParen, "'('");
  const params = parseParameters(p, Kind.RightParen, true);
  expect(p, Kind.RightParen, "')'");
  const returns = accept(p, Kind.Arrow) ? parseExpression(p) : null;
  const body = parseBlock(p, 'a function');
  return { type: 'FunctionDef', start, end: p.lineEnd, async, name, nameStart, params, body, decorators, returns };
}

function parseClass(p: Parser, decorators: Expression[]): ClassDef {
  const start = tokenStart(p);
  advance(p);
  const nameStart = tokenStart(p);
  const name = takeName(p, 'the name of a class');
  skipTypeParameters(p);
  const bases: Expression[] = [];
  const keywords: Keyword[] = [];
  if (p.kind === Kind.LeftParen) parseArguments(p, bases, keywords);
  const body = parseBlock(p, 'a class');
  return { type: 'ClassDef', start, end: p.lineEnd, name, nameStart, bases, keywords, body, decorators };
}

/** A chain of `elif` is read in a loop and nested afterwards, from its end. */
function parseIf(p: Parser): If {
  const heads: { start: number; test: Expression; body: Statement[] }[] = [];
  const { branches } = p;
  let orelse: Statement[] = [];
  do {
    const start = tokenStart(p);
    advance(p);
    const test = parseNamedExpression(p);
    const body = parseBlock(p, heads.length === 0 ? "'if'" : "'elif'");
    heads.push({ start, test, body });
    if (p.kind === Kind.Elif && ++p.branches > MAX_CHAIN) {
      complain(p, "too many 'elif' in a row");
      orelse = [skipBranches(p)];
    }
  } while (p.kind === Kind.Elif);
  if (p.kind === Kind.Else) orelse = parseElse(p);
  p.branches = branches;
  let chain: If | null = null;
  for (let at = heads.length - 1; at >= 0; at--) {
    const head = heads[at];
    if (head === undefined) break;
    chain = { type: 'If', start: head.start, end: p.lineEnd, test: head.test, body: head.body, orelse };
    orelse = [chain];
  }
  return chain ?? fail(p, "expected 'if'");
}

function parseElse(p: Parser): Statement[] {
  if (!accept(p, Kind.Else)) return [];
  return parseBlock(p, "'else'");
}

function parseFor(p: Parser, start: number, async: boolean): Statement {
  advance(p);
  const target = parseTargetList(p);
  checkTarget(p, target);
  expect(p, Kind.In, "'in'");
  const iter = parseExpressionList(p);
  const body = parseBlock(p, "'for'");
  const orelse = parseElse(p);
  return { type: 'For', start, end: p.lineEnd, async, target, iter, body, orelse };
}

function parseWhile(p: Parser): Statement {
  const start = tokenStart(p);
  advance(p);
  const test = parseNamedExpression(p);
  const body = parseBlock(p, "'while'");
  const orelse = parseElse(p);
  return { type: 'While', start, end: p.lineEnd, test, body, orelse };
}

function parseTry(p: Parser): Try {
  const start = tokenStart(p);
  advance(p);
  const body = parseBlock(p, "'try'");
  const handlers: ExceptHandler[] = [];
  let star = false;
  while (p.kind === Kind.Except) {
    if (peek(p) === Kind.Star) star = true;
    handlers.push(parseHandler(p));
  }
  const orelse = handlers.length > 0 ? parseElse(p) : [];
  let finalbody: Statement[] = [];
  if (accept(p, Kind.Finally)) finalbody = parseBlock(p, "'finally'");
  else if (handlers.length === 0) fail(p, "expected 'except' or 'finally'");
  return { type: 'Try', start, end: p.lineEnd, star, body, handlers, orelse, finalbody };
}

function parseHandler(p: Parser): ExceptHandler {
  const start = tokenStart(p);
  advance(p);
  const group = accept(p, Kind.Star);
  const exception = p.kind === Kind.Colon && !group ? null : parseExpressionList(p);
  const name = exception !== null && accept(p, Kind.As) ? takeName(p, "a name after 'as'") : null;
  const body = parseBlock(p, "'except'");
  return { type: 'ExceptHandler', start, end: p.lineEnd, exception, name, body };
}

function parseWith(p: Parser, start: number, async: boolean): Statement {
  advance(p);
  const items = (p.kind === Kind.LeftParen ? parseParenthesizedItems(p) : null) ?? parseItems(p);
  const body = parseBlock(p, "'with'");
  return { type: 'With', start, end: p.lineEnd, async, items, body };
}

function parseItems(p: Parser): WithItem[] {
  const items: WithItem[] = [];
  do items.push(parseItem(p));
  while (accept(p, Kind.Comma));
  return items;
}

function parseItem(p: Parser): WithItem {
  const start = tokenStart(p);
  const context = parseExpression(p);
  let target: Expression | null = null;
  if (accept(p, Kind.As)) {
    target = parseTarget(p);
    checkTarget(p, target);
  }
  return { type: 'WithItem', start, end: lastEnd(p), context, target };
}

/**
 * `with (a as b, c as d):`. Null, and nothing taken, where the parentheses belong to an expression: they do unless a
 * colon follows them, and where they hold what no item can be.
 */
function parseParenthesizedItems(p: Parser): WithItem[] | null {
  const { at, depth, chain } = p;
  if (p.kinds[closing(p) + 1] !== Kind.Colon) return null;
  advance(p);
  const items: WithItem[] = [];
  while (p.kind !== Kind.Star && p.kind !== Kind.Yield && p.kind !== Kind.RightParen) {
    items.push(parseItem(p));
    if (!accept(p, Kind.Comma)) break;
  }
  if (items.length > 0 && accept(p, Kind.RightParen)) return items;
  moveTo(p, at);
  p.depth = depth;
  p.chain = chain;
  return null;
}

/** Index of the token that closes the bracket at the current one. */
function closing(p: Parser): number {
  let level = 0;
  for (let at = p.at; at < p.kinds.length; at++) {
    const kind = p.kinds[at] ?? Kind.EndOfFile;
    if (kind === Kind.LeftParen || kind === Kind.LeftBracket || kind === Kind.LeftBrace) level++;
    else if (kind === Kind.RightParen || kind === Kind.RightBracket || kind === Kind.RightBrace) {
      if (--level === 0) return at;
    } else if (kind === Kind.Newline || kind === Kind.EndOfFile) return at;
  }
  return p.at;
}
