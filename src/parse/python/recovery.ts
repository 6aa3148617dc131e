import type { Statement } from './ast.js';
import { Kind } from './kinds.js';
import { accept, advance, tokenStart, type Parser } from './state.js';

const isLayout = (kind: number): boolean => kind >= Kind.Newline && kind <= Kind.Dedent;

/** Goes on after the line that broke and any block that belongs to it. */
export function skipBroken(p: Parser, from: number): void {
  const before = p.at > from ? (p.kinds[p.at - 1] ?? 0) : 0;
  if (!isLayout(before)) skipLine(p);
  skipBlock(p);
}

export function skipToNewline(p: Parser): void {
  while (p.kind !== Kind.EndOfFile && p.kind !== Kind.Indent && p.kind !== Kind.Newline) advance(p);
}

function skipLine(p: Parser): void {
  skipToNewline(p);
  accept(p, Kind.Newline);
}

function skipBlock(p: Parser): void {
  if (p.kind !== Kind.Indent) return;
  let level = 0;
  do {
    if (p.kind === Kind.Indent) level++;
    else if (p.kind === Kind.Dedent) level--;
    advance(p);
  } while (level > 0);
}

/** End of the last token with text that was taken since `from`; `start` where there is none. */
export function endOfText(p: Parser, from: number, start: number): number {
  let at = p.at - 1;
  while (at > from && isLayout(p.kinds[at] ?? 0)) at--;
  p.lineEnd = Math.max(start, p.ends[at] ?? 0);
  return p.lineEnd;
}

/** Leaves out the remaining `elif` and `else` branches of a chain that is too long. */
export function skipBranches(p: Parser): Statement {
  const start = tokenStart(p);
  const from = p.at;
  while (p.kind === Kind.Elif || p.kind === Kind.Else) {
    skipLine(p);
    skipBlock(p);
  }
  return { type: 'InvalidStatement', start, end: endOfText(p, from, start) };
}
