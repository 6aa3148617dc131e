import type { If, Statement } from '../../parse/python/ast.js';
import type { Ask } from './ask.js';

/** The branches of `if`, `elif` and `else`. */
export function armsOf({ body, orelse }: If): readonly (readonly Statement[])[] {
  const [next, ...others] = orelse;
  if (next?.type === 'If' && others.length === 0) return [body, ...armsOf(next)];
  return orelse.length === 0 ? [body] : [body, orelse];
}

/**
 * The relations that a chain of branches reads, where most of them read one: `if self.kind == "bill": ... elif self.kind == "sponsor": ...`.
 * What they ask besides may be seldom asked.
 */
export function askedByMost(arms: readonly (readonly Ask[])[]): readonly Ask[] {
  const asking = arms
    .map((arm) => arm.filter(({ anew, writes }) => !anew && !writes))
    .filter(({ length }) => length > 0);
  return asking.length > 1 && asking.length * 2 > arms.length ? asking.flat() : [];
}
