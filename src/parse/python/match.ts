import type { Dict, Expression, Keyword, MatchCase, Statement } from './ast.js';
import { Level, parseBinary, parseElement, parseNamedExpression, startsExpression } from './expressions.js';
import { isName, Kind } from './kinds.js';
import { accept, advance, enter, broken, expect, fail, lastEnd, link, peek, takeName, tokenStart } from './state.js';
import type { Parser } from './state.js';
import { endOfText, skipBroken } from './recovery.js';
import { parseBlock } from './statements.js';

/** Whether `match` is the keyword here: its line ends with a colon and `case` begins the block after it. */
export function opensMatch(p: Parser): boolean {
  if (!startsExpression(peek(p))) return false;
  let at = p.at + 1;
  while (p.kinds[at] !== Kind.Newline && p.kinds[at] !== Kind.EndOfFile) at++;
  return p.kinds[at - 1] === Kind.Colon && p.kinds[at + 1] === Kind.Indent && p.kinds[at + 2] === Kind.Case;
}

export function parseMatch(p: Parser): Statement {
  const start = tokenStart(p);
  advance(p);
  const from = tokenStart(p);
  let subject = parseElement(p);
  if (p.kind === Kind.Comma) {
    const elts = [subject];
    while (accept(p, Kind.Comma) && startsExpression(p.kind)) elts.push(parseElement(p));
    subject = { type: 'Tuple', start: from, end: lastEnd(p), elts };
  }
  expect(p, Kind.Colon, "':' after 'match'");
  expect(p, Kind.Newline, 'the end of the line');
  enter(p);
  expect(p, Kind.Indent, 'an indented block');
  const cases: MatchCase[] = [];
  while (p.kind !== Kind.Dedent && p.kind !== Kind.EndOfFile) cases.push(parseCaseOrInvalid(p));
  accept(p, Kind.Dedent);
  p.depth--;
  return { type: 'Match', start, end: p.lineEnd, subject, cases };
}

/** What is broken here must not leave the block, whose end would then end the block around it. */
function parseCaseOrInvalid(p: Parser): MatchCase {
  const { at, depth, branches } = p;
  try {
    if (p.kind !== Kind.Case) fail(p, "expected 'case'");
    return parseCase(p);
  } catch (error) {
    if (error !== broken) throw error;
    p.depth = depth;
    p.branches = branches;
    const start = p.starts[at] ?? 0;
    skipBroken(p, at);
    const span = { start, end: endOfText(p, at, start) };
    const pattern = { type: 'InvalidExpression', ...span } as const;
    const body = [{ type: 'InvalidStatement', ...span } as const];
    return { type: 'MatchCase', ...span, pattern, name: null, guard: null, body };
  }
}

function parseCase(p: Parser): MatchCase {
  const start = tokenStart(p);
  advance(p);
  p.chain = 0;
  const pattern = parseOpenPattern(p);
  const name = accept(p, Kind.As) ? takeName(p, "a name after 'as'") : null;
  const guard = accept(p, Kind.If) ? parseNamedExpression(p) : null;
  const body = parseBlock(p, "'case'");
  return { type: 'MatchCase', start, end: p.lineEnd, pattern, name, guard, body };
}

/** A pattern, or several with commas between them and no brackets around. */
function parseOpenPattern(p: Parser): Expression {
  const start = tokenStart(p);
  const first = parseAlternatives(p);
  if (p.kind !== Kind.Comma && first.type !== 'Starred') {
    if (p.kind !== Kind.As || p.kinds[p.at + 2] !== Kind.Comma) return first;
  }
  const elts = [parseCapture(p, start, first)];
  while (accept(p, Kind.Comma) && p.kind !== Kind.Colon && p.kind !== Kind.If) elts.push(parsePattern(p));
  return { type: 'Tuple', start, end: lastEnd(p), elts };
}

function parsePattern(p: Parser): Expression {
  const start = tokenStart(p);
  return parseCapture(p, start, parseAlternatives(p));
}

/** `pattern as name`, kept as the named expression that it resembles. */
function parseCapture(p: Parser, start: number, value: Expression): Expression {
  if (!accept(p, Kind.As)) return value;
  const nameStart = tokenStart(p);
  const id = takeName(p, "a name after 'as'");
  const end = lastEnd(p);
  return { type: 'NamedExpr', start, end, target: { type: 'Name', start: nameStart, end, id }, value };
}

function parseAlternatives(p: Parser): Expression {
  const start = tokenStart(p);
  if (p.kind === Kind.Star) {
    advance(p);
    const at = tokenStart(p);
    const id = takeName(p, "a name after '*'");
    const end = lastEnd(p);
    return { type: 'Starred', start, end, value: { type: 'Name', start: at, end, id } };
  }
  let left = parseClosedPattern(p);
  while (accept(p, Kind.Bar)) {
    link(p);
    const right = parseClosedPattern(p);
    left = { type: 'BinOp', start, end: lastEnd(p), left, op: '|', right };
  }
  return left;
}

function parseClosedPattern(p: Parser): Expression {
  const start = tokenStart(p);
  if (p.kind === Kind.LeftBracket) {
    const elts = parseSequence(p, Kind.RightBracket).elts;
    return { type: 'List', start, end: lastEnd(p), elts };
  }
  if (p.kind === Kind.LeftParen) {
    const { elts, comma } = parseSequence(p, Kind.RightParen);
    const only = elts[0];
    if (only !== undefined && elts.length === 1 && !comma && only.type !== 'Starred') return only;
    return { type: 'Tuple', start, end: lastEnd(p), elts };
  }
  if (p.kind === Kind.LeftBrace) return parseMapping(p);
  if (!isName(p.kind)) return parseBinary(p, Level.Sum);
  const id = takeName(p, 'a name');
  let value: Expression = { type: 'Name', start, end: lastEnd(p), id };
  while (accept(p, Kind.Dot)) {
    link(p);
    const attrStart = tokenStart(p);
    const attr = takeName(p, "a name after '.'");
    value = { type: 'Attribute', start, end: lastEnd(p), value, attr, attrStart };
  }
  return p.kind === Kind.LeftParen ? parseClassPattern(p, start, value) : value;
}

function parseSequence(p: Parser, close: number): { elts: Expression[]; comma: boolean } {
  const elts: Expression[] = [];
  let comma = false;
  enter(p);
  advance(p);
  while (p.kind !== close) {
    elts.push(parsePattern(p));
    comma = accept(p, Kind.Comma);
    if (!comma) break;
  }
  expect(p, close, 'the end of a sequence');
  p.depth--;
  return { elts, comma };
}

function parseMapping(p: Parser): Dict {
  const start = tokenStart(p);
  const keys: (Expression | null)[] = [];
  const values: Expression[] = [];
  enter(p);
  advance(p);
  while (p.kind !== Kind.RightBrace) {
    if (accept(p, Kind.DoubleStar)) {
      const at = tokenStart(p);
      const id = takeName(p, "a name after '**'");
      keys.push(null);
      values.push({ type: 'Name', start: at, end: lastEnd(p), id });
    } else {
      keys.push(parseBinary(p, Level.Sum));
      expect(p, Kind.Colon, "':'");
      values.push(parsePattern(p));
    }
    if (!accept(p, Kind.Comma)) break;
  }
  expect(p, Kind.RightBrace, "'}'");
  p.depth--;
  return { type: 'Dict', start, end: lastEnd(p), keys, values };
}

function parseClassPattern(p: Parser, start: number, func: Expression): Expression {
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  enter(p);
  advance(p);
  while (p.kind !== Kind.RightParen) {
    const from = tokenStart(p);
    if (isName(p.kind) && peek(p) === Kind.Equal) {
      const name = takeName(p, 'a name');
      advance(p);
      const value = parsePattern(p);
      keywords.push({ type: 'Keyword', start: from, end: lastEnd(p), name, value });
    } else args.push(parsePattern(p));
    if (!accept(p, Kind.Comma)) break;
  }
  expect(p, Kind.RightParen, "')'");
  p.depth--;
  return { type: 'Call', start, end: lastEnd(p), func, args, keywords };
}
