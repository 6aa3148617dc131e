import type { Expression, Statement } from './ast.js';
import {
  BINARY_OPERATORS,
  checkTarget,
  parseExpression,
  parseExpressionList,
  parseTarget,
  parseValue,
  startsExpression,
} from './expressions.js';
import { parseImport, parseImportFrom } from './imports.js';
import { isName, Kind } from './kinds.js';
import { accept, advance, broken, complain, expect, fail, lastEnd, MAX_DEPTH, peek } from './state.js';
import { takeName, tokenStart, type Parser } from './state.js';
import { endOfText, skipBroken, skipToNewline } from './recovery.js';
import { skipTypeParameters } from './types.js';

/** Statements up to the end of their block, which is not taken. */
export function parseStatements(p: Parser, body: Statement[]): void {
  while (p.kind !== Kind.EndOfFile && p.kind !== Kind.Dedent) parseLine(p, body);
}

/** A compound statement, or the simple statements of one line. What is broken becomes one InvalidStatement. */
function parseLine(p: Parser, body: Statement[]): void {
  const { at, depth, branches } = p;
  p.chain = 0;
  try {
    if (p.kind === Kind.Indent) fail(p, 'unexpected indentation');
    const compound = p.parseCompound(p);
    if (compound !== null) body.push(compound);
    else parseSimpleLine(p, body);
  } catch (error) {
    if (error !== broken) throw error;
    p.depth = depth;
    p.branches = branches;
    // Of `a; b; <broken>` the first two stand.
    const kept = body.at(-1);
    const from = kept !== undefined && kept.end > (p.starts[at] ?? 0) ? kept.end : (p.starts[at] ?? 0);
    skipBroken(p, at);
    body.push({ type: 'InvalidStatement', start: from, end: endOfText(p, at, from) });
  }
}

/** The block after the `:` of a compound statement. */
export function parseBlock(p: Parser, what: string): Statement[] {
  const body: Statement[] = [];
  expect(p, Kind.Colon, `':' after ${what}`);
  if (p.kind !== Kind.Newline) {
    parseSimpleLine(p, body);
    return body;
  }
  const colon = lastEnd(p);
  advance(p);
  if (p.kind !== Kind.Indent) {
    complain(p, `expected an indented block after ${what}`);
    body.push({ type: 'InvalidStatement', start: colon, end: colon });
    p.lineEnd = colon;
    return body;
  }
  if (++p.depth > MAX_DEPTH) fail(p, 'nested too deeply');
  advance(p);
  parseStatements(p, body);
  accept(p, Kind.Dedent);
  p.depth--;
  return body;
}

function parseSimpleLine(p: Parser, body: Statement[]): void {
  do {
    const statement = parseSimple(p);
    if (p.kind !== Kind.Newline && p.kind !== Kind.Semicolon) fail(p, 'expected the end of the statement');
    body.push(statement);
  } while (accept(p, Kind.Semicolon) && p.kind !== Kind.Newline);
  p.lineEnd = lastEnd(p);
  advance(p);
}

function parseSimple(p: Parser): Statement {
  const { kind } = p;
  const start = tokenStart(p);
  if (kind === Kind.Type && isName(peek(p))) return parseTypeAlias(p);
  if (kind < Kind.FirstStatementKeyword && kind !== Kind.From) return parseExpressionStatement(p);
  switch (kind) {
    case Kind.Return: {
      advance(p);
      const value = startsExpression(p.kind) || p.kind === Kind.Yield ? parseExpressionList(p) : null;
      return { type: 'Return', start, end: lastEnd(p), value };
    }
    case Kind.Import:
      return parseImport(p);
    case Kind.From:
      return parseImportFrom(p);
    case Kind.Raise: {
      advance(p);
      const exc = startsExpression(p.kind) ? parseExpression(p) : null;
      const cause = exc !== null && accept(p, Kind.From) ? parseExpression(p) : null;
      return { type: 'Raise', start, end: lastEnd(p), exc, cause };
    }
    case Kind.Pass:
      advance(p);
      return { type: 'Pass', start, end: lastEnd(p) };
    case Kind.Break:
      advance(p);
      return { type: 'Break', start, end: lastEnd(p) };
    case Kind.Continue:
      advance(p);
      return { type: 'Continue', start, end: lastEnd(p) };
    case Kind.Assert: {
      advance(p);
      const test = parseExpression(p);
      const message = accept(p, Kind.Comma) ? parseExpression(p) : null;
      return { type: 'Assert', start, end: lastEnd(p), test, message };
    }
    case Kind.Del: {
      advance(p);
      const targets: Expression[] = [];
      do targets.push(parseTarget(p));
      while (accept(p, Kind.Comma) && startsExpression(p.kind));
      for (const target of targets) {
        if (target.type === 'Starred') fail(p, 'this cannot be deleted');
        checkTarget(p, target);
      }
      return { type: 'Delete', start, end: lastEnd(p), targets };
    }
    case Kind.Global:
    case Kind.Nonlocal: {
      advance(p);
      const names: string[] = [];
      do names.push(takeName(p, 'a name'));
      while (accept(p, Kind.Comma));
      const end = lastEnd(p);
      return kind === Kind.Global ? { type: 'Global', start, end, names } : { type: 'Nonlocal', start, end, names };
    }
    default:
      return fail(p, 'expected a statement');
  }
}

function parseTypeAlias(p: Parser): Statement {
  const start = tokenStart(p);
  advance(p);
  const name = takeName(p, 'a name');
  skipTypeParameters(p);
  expect(p, Kind.Equal, "'='");
  const value = parseExpression(p);
  return { type: 'TypeAlias', start, end: lastEnd(p), name, value };
}

function parseExpressionStatement(p: Parser): Statement {
  const start = tokenStart(p);
  const parenthesised = p.kind === Kind.LeftParen;
  const first = parseValue(p);
  if (p.kind === Kind.Equal) return parseAssignment(p, start, first);
  if (p.kind === Kind.Colon) {
    if (first.type !== 'Name' && first.type !== 'Attribute' && first.type !== 'Subscript') {
      fail(p, parenthesised ? 'only one name can be annotated' : 'this cannot be annotated');
    }
    advance(p);
    const annotation = parseExpression(p);
    const value = accept(p, Kind.Equal) ? parseAssigned(p) : null;
    return { type: 'AnnAssign', start, end: lastEnd(p), target: first, annotation, value };
  }
  if (p.kind >= Kind.FirstAugmented && p.kind <= Kind.LastAugmented) {
    if (first.type !== 'Name' && first.type !== 'Attribute' && first.type !== 'Subscript') {
      fail(p, 'this cannot be assigned to');
    }
    const op = BINARY_OPERATORS[p.kind - Kind.FirstAugmented] ?? '+';
    advance(p);
    const value = parseAssigned(p);
    return { type: 'AugAssign', start, end: lastEnd(p), target: first, op, value };
  }
  return { type: 'Expr', start, end: lastEnd(p), value: first };
}

function parseAssignment(p: Parser, start: number, first: Expression): Statement {
  const targets: Expression[] = [];
  let value = first;
  while (p.kind === Kind.Equal) {
    checkTarget(p, value);
    targets.push(value);
    advance(p);
    value = parseAssigned(p);
  }
  return { type: 'Assign', start, end: lastEnd(p), targets, value };
}

/** A value that is broken does not take the assignment with it: readers must learn that the name is set anew. */
function parseAssigned(p: Parser): Expression {
  const { at, depth } = p;
  try {
    const value = parseValue(p);
    if (p.kind !== Kind.Newline && p.kind !== Kind.Semicolon && p.kind !== Kind.Equal) {
      fail(p, 'expected the end of the statement');
    }
    return value;
  } catch (error) {
    if (error !== broken) throw error;
    p.depth = depth;
    skipToNewline(p);
    const start = p.at > at ? (p.starts[at] ?? 0) : lastEnd(p);
    return { type: 'InvalidExpression', start, end: endOfText(p, at, start) };
  }
}
