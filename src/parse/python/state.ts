import type { Expression, Span, Statement } from './ast.js';
import { Kind } from './kinds.js';
import { report, type ParseError } from './scanner.js';

/** The place of the parser in the tokens of a file, and what it counts to keep every tree within a walker's stack. */
export interface Parser {
  readonly text: string;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly comments: readonly Span[];
  readonly errors: ParseError[];
  /** Where the grammar turns back on itself: kept here, so that no file imports one that imports it. */
  readonly parsePrimary: (p: Parser) => Expression;
  readonly parseCompound: (p: Parser) => Statement | null;
  /** Index of the current token, and its kind. */
  at: number;
  kind: number;
  /** Where the last line of statements ends, which is where the blocks that it closes end. */
  lineEnd: number;
  /** Constructs being parsed within one another. */
  depth: number;
  /** Links in the longest chain (`a + b + c`, `a.b.c`) under the expression being parsed. */
  chain: number;
  /** Branches of `elif` being parsed within one another. */
  branches: number;
}

export const MAX_DEPTH = 200;
export const MAX_CHAIN = 1000;

/** Thrown out of a broken statement; what is wrong has been reported. One object, since a trace costs time. */
export const broken = new Error('broken statement');

export function advance(p: Parser): void {
  p.kind = p.kinds[++p.at] ?? Kind.EndOfFile;
}

export function moveTo(p: Parser, at: number): void {
  p.at = at;
  p.kind = p.kinds[at] ?? Kind.EndOfFile;
}

export const peek = (p: Parser): number => p.kinds[p.at + 1] ?? Kind.EndOfFile;

export const tokenStart = (p: Parser): number => p.starts[p.at] ?? 0;

/** End of the last token taken. */
export const lastEnd = (p: Parser): number => p.ends[p.at - 1] ?? 0;

export function complain(p: Parser, message: string): void {
  if (p.kind !== Kind.Error) report(p.errors, message, tokenStart(p));
}

export function fail(p: Parser, message: string): never {
  complain(p, message);
  throw broken;
}

export function expect(p: Parser, kind: number, what: string): void {
  if (p.kind !== kind) fail(p, `expected ${what}`);
  advance(p);
}

export function accept(p: Parser, kind: number): boolean {
  if (p.kind !== kind) return false;
  advance(p);
  return true;
}

export function enter(p: Parser): void {
  if (++p.depth > MAX_DEPTH) fail(p, 'nested too deeply');
}

export function link(p: Parser): void {
  if (++p.chain > MAX_CHAIN) fail(p, 'too many operators or calls in a row');
}

/** The name at the current token, as Python compares names: normalized. */
export function takeName(p: Parser, what: string): string {
  if (p.kind < Kind.Name || p.kind > Kind.Type) fail(p, `expected ${what}`);
  const name = nameText(p);
  advance(p);
  return name;
}

export function nameText(p: Parser): string {
  const name = p.text.slice(p.starts[p.at], p.ends[p.at]);
  for (let pos = 0; pos < name.length; pos++) if (name.charCodeAt(pos) > 127) return name.normalize('NFKC');
  return name;
}
