import { parseExpression, parseStarred } from './expressions.js';
import { Kind } from './kinds.js';
import { accept, advance, enter, expect, fail, takeName, type Parser } from './state.js';

/** Reads `[T: bound = default, *Ts, **P]` after a name. Nothing that is asked about a program depends on it. */
export function skipTypeParameters(p: Parser): void {
  if (p.kind !== Kind.LeftBracket) return;
  enter(p);
  advance(p);
  if (p.kind === Kind.RightBracket) fail(p, 'expected a type parameter');
  do {
    if (p.kind === Kind.Star || p.kind === Kind.DoubleStar) advance(p);
    takeName(p, 'a type parameter');
    if (accept(p, Kind.Colon)) parseExpression(p);
    if (accept(p, Kind.Equal)) {
      if (p.kind === Kind.Star) parseStarred(p);
      else parseExpression(p);
    }
  } while (accept(p, Kind.Comma) && p.kind !== Kind.RightBracket);
  expect(p, Kind.RightBracket, "']'");
  p.depth--;
}
