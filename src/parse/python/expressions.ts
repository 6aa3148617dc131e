import type {
  BinaryOperator,
  CompareOperator,
  Expression,
  Lambda,
  Parameter,
  Parameters,
  Starred,
  Tuple,
  UnaryOp,
} from './ast.js';
import { isName, Kind } from './kinds.js';
import { accept, advance, enter, expect, fail, lastEnd, link, peek, takeName, tokenStart } from './state.js';
import type { Parser } from './state.js';

export const BINARY_OPERATORS: readonly BinaryOperator[] = [
  ...(['+', '-', '*', '@', '/', '%', '**', '<<', '>>', '|', '^', '&', '//'] as const),
];
const COMPARE_OPERATORS: readonly CompareOperator[] = [
  ...(['==', '!=', '<', '<=', '>', '>=', 'is', 'is not', 'in', 'not in'] as const),
];

/** How tightly operators bind; `not` and those looser apart, every level has the next one for its operands. */
export const Level = {
  Or: 1,
  And: 2,
  Not: 3,
  Compare: 4,
  BitOr: 5,
  BitXor: 6,
  BitAnd: 7,
  Shift: 8,
  Sum: 9,
  Product: 10,
} as const;
const LEVELS = new Uint8Array(256);
LEVELS[Kind.Or] = Level.Or;
LEVELS[Kind.And] = Level.And;
for (let kind: number = Kind.EqualEqual; kind <= Kind.NotIn; kind++) LEVELS[kind] = Level.Compare;
LEVELS[Kind.Bar] = Level.BitOr;
LEVELS[Kind.Caret] = Level.BitXor;
LEVELS[Kind.Ampersand] = Level.BitAnd;
LEVELS[Kind.LeftShift] = LEVELS[Kind.RightShift] = Level.Shift;
LEVELS[Kind.Plus] = LEVELS[Kind.Minus] = Level.Sum;
for (const kind of [Kind.Star, Kind.At, Kind.Slash, Kind.Percent, Kind.DoubleSlash]) LEVELS[kind] = Level.Product;

/** An expression without `:=`, `*` or a bare comma. */
export function parseExpression(p: Parser): Expression {
  if (p.kind === Kind.Lambda) return parseLambda(p);
  const start = tokenStart(p);
  const body = parseBinary(p, Level.Or);
  if (p.kind !== Kind.If) return body;
  enter(p);
  advance(p);
  const test = parseBinary(p, Level.Or);
  expect(p, Kind.Else, "'else' of a conditional expression");
  const orelse = parseExpression(p);
  p.depth--;
  return { type: 'IfExp', start, end: lastEnd(p), test, body, orelse };
}

export function parseNamedExpression(p: Parser): Expression {
  if (!isName(p.kind) || peek(p) !== Kind.ColonEqual) return parseExpression(p);
  const start = tokenStart(p);
  const id = takeName(p, 'a name');
  const target = { type: 'Name', start, end: lastEnd(p), id } as const;
  advance(p);
  const value = parseExpression(p);
  return { type: 'NamedExpr', start, end: lastEnd(p), target, value };
}

/** What stands between the commas of a display or an index: `*rest` or an expression, possibly named. */
export function parseElement(p: Parser): Expression {
  return p.kind === Kind.Star ? parseStarred(p) : parseNamedExpression(p);
}

export function parseStarred(p: Parser): Starred {
  const start = tokenStart(p);
  advance(p);
  const value = parseBinary(p, Level.BitOr);
  return { type: 'Starred', start, end: lastEnd(p), value };
}

/** The right side of a statement: expressions with commas, `*rest`, or a yield. */
export function parseValue(p: Parser): Expression {
  return p.kind === Kind.Yield ? parseYield(p) : parseExpressionList(p);
}

export function parseExpressionList(p: Parser): Expression {
  const start = tokenStart(p);
  const first = p.kind === Kind.Star ? parseStarred(p) : parseExpression(p);
  return p.kind === Kind.Comma ? parseTupleRest(p, start, first, false) : first;
}

/** Targets of `for` and `del`: like an expression list, but `in` ends it. */
export function parseTargetList(p: Parser): Expression {
  const start = tokenStart(p);
  const first = parseTarget(p);
  return p.kind === Kind.Comma ? parseTupleRest(p, start, first, true) : first;
}

export function parseTarget(p: Parser): Expression {
  return p.kind === Kind.Star ? parseStarred(p) : parseBinary(p, Level.BitOr);
}

export function checkTarget(p: Parser, target: Expression): void {
  switch (target.type) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return;
    case 'Starred':
      checkTarget(p, target.value);
      return;
    case 'Tuple':
    case 'List':
      for (const element of target.elts) checkTarget(p, element);
      return;
    default:
      fail(p, 'this cannot be assigned to');
  }
}

function parseTupleRest(p: Parser, start: number, first: Expression, targets: boolean): Tuple {
  const elts = [first];
  while (accept(p, Kind.Comma) && startsExpression(p.kind)) {
    elts.push(targets ? parseTarget(p) : p.kind === Kind.Star ? parseStarred(p) : parseExpression(p));
  }
  return { type: 'Tuple', start, end: lastEnd(p), elts };
}

export function startsExpression(kind: number): boolean {
  if (kind <= Kind.FormatStart) return kind >= Kind.Name;
  if (kind >= Kind.FirstKeyword) {
    return kind <= Kind.True || kind === Kind.Await || kind === Kind.Lambda || kind === Kind.Not;
  }
  return (
    kind === Kind.LeftParen ||
    kind === Kind.LeftBracket ||
    kind === Kind.LeftBrace ||
    kind === Kind.Star ||
    kind === Kind.Minus ||
    kind === Kind.Plus ||
    kind === Kind.Tilde ||
    kind === Kind.Ellipsis
  );
}

export function parseYield(p: Parser): Expression {
  const start = tokenStart(p);
  advance(p);
  if (accept(p, Kind.From)) {
    const value = parseExpression(p);
    return { type: 'YieldFrom', start, end: lastEnd(p), value };
  }
  const value = startsExpression(p.kind) ? parseExpressionList(p) : null;
  return { type: 'Yield', start, end: lastEnd(p), value };
}

/** Operators down to `level`, by precedence climbing: one call per operand instead of one per level. */
export function parseBinary(p: Parser, level: number): Expression {
  const outer = p.chain;
  p.chain = 0;
  const start = tokenStart(p);
  let left = p.kind === Kind.Not && level <= Level.Not ? parseNot(p) : parseUnary(p);
  for (;;) {
    const { kind } = p;
    const own = LEVELS[kind] ?? 0;
    if (own < level || own === 0) break;
    link(p);
    if (own >= Level.BitOr) {
      advance(p);
      const right = parseBinary(p, own + 1);
      const op = BINARY_OPERATORS[kind - Kind.Plus] ?? '+';
      left = { type: 'BinOp', start, end: lastEnd(p), left, op, right };
    } else if (own === Level.Compare) {
      left = parseComparison(p, start, left);
    } else {
      const values = [left];
      while (p.kind === kind) {
        advance(p);
        values.push(parseBinary(p, own + 1));
      }
      left = { type: 'BoolOp', start, end: lastEnd(p), op: kind === Kind.Or ? 'or' : 'and', values };
    }
  }
  if (p.chain < outer) p.chain = outer;
  return left;
}

function parseComparison(p: Parser, start: number, left: Expression): Expression {
  const ops: CompareOperator[] = [];
  const comparators: Expression[] = [];
  while ((LEVELS[p.kind] ?? 0) === Level.Compare) {
    ops.push(COMPARE_OPERATORS[p.kind - Kind.EqualEqual] ?? '==');
    advance(p);
    comparators.push(parseBinary(p, Level.BitOr));
  }
  return { type: 'Compare', start, end: lastEnd(p), left, ops, comparators };
}

function parseNot(p: Parser): UnaryOp {
  const start = tokenStart(p);
  enter(p);
  advance(p);
  const operand = parseBinary(p, Level.Not);
  p.depth--;
  return { type: 'UnaryOp', start, end: lastEnd(p), op: 'not', operand };
}

function parseUnary(p: Parser): Expression {
  const { kind } = p;
  const start = tokenStart(p);
  if (kind === Kind.Minus || kind === Kind.Plus || kind === Kind.Tilde) {
    enter(p);
    advance(p);
    const operand = parseUnary(p);
    p.depth--;
    const op = kind === Kind.Minus ? '-' : kind === Kind.Plus ? '+' : '~';
    return { type: 'UnaryOp', start, end: lastEnd(p), op, operand };
  }
  let left: Expression;
  if (kind === Kind.Await) {
    advance(p);
    const value = p.parsePrimary(p);
    left = { type: 'Await', start, end: lastEnd(p), value };
  } else left = p.parsePrimary(p);
  if (p.kind !== Kind.DoubleStar) return left;
  enter(p);
  advance(p);
  const right = parseUnary(p);
  p.depth--;
  return { type: 'BinOp', start, end: lastEnd(p), left, op: '**', right };
}

function parseLambda(p: Parser): Lambda {
  const start = tokenStart(p);
  enter(p);
  advance(p);
  const params = parseParameters(p, Kind.Colon, false);
  expect(p, Kind.Colon, "':' of a lambda");
  const body = parseExpression(p);
  p.depth--;
  return { type: 'Lambda', start, end: lastEnd(p), params, body };
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Parameters up to, and without, the token that ends them. */
export function parseParameters(p: Parser, close: number, annotated: boolean): Parameters {
  const start = p.kind === close ? lastEnd(p) : tokenStart(p);
  const list: Draft<Parameter>[] = [];
  let kind: Parameter['kind'] = 'positional';
  while (p.kind !== close) {
    if (p.kind === Kind.Slash) {
      if (list.length === 0 || list[0]?.kind === 'positional-only' || kind !== 'positional')
        fail(p, "misplaced '/' among parameters");
      advance(p);
      for (const param of list) param.kind = 'positional-only';
    } else if (p.kind === Kind.Star) {
      if (kind === 'keyword-only') fail(p, "second '*' among parameters");
      if (isName(peek(p))) list.push(parseParameter(p, 'vararg', annotated));
      else advance(p);
      kind = 'keyword-only';
    } else if (p.kind === Kind.DoubleStar) {
      list.push(parseParameter(p, 'kwarg', annotated));
      accept(p, Kind.Comma);
      break;
    } else list.push(parseParameter(p, kind, annotated));
    if (!accept(p, Kind.Comma)) break;
  }
  return { type: 'Parameters', start, end: lastEnd(p), list };
}

function parseParameter(p: Parser, kind: Parameter['kind'], annotated: boolean): Draft<Parameter> {
  const start = tokenStart(p);
  if (kind === 'vararg' || kind === 'kwarg') advance(p);
  const name = takeName(p, 'a parameter');
  let annotation: Expression | null = null;
  if (annotated && accept(p, Kind.Colon)) {
    annotation = kind === 'vararg' && p.kind === Kind.Star ? parseStarred(p) : parseExpression(p);
  }
  const initial = accept(p, Kind.Equal) ? parseExpression(p) : null;
  return { type: 'Parameter', start, end: lastEnd(p), kind, name, annotation, default: initial };
}
