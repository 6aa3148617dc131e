import type { Module, Span, Statement } from './ast.js';
import { parsePrimary } from './atoms.js';
import { parseCompound } from './compound.js';
import { Kind } from './kinds.js';
import { advance, type Parser } from './state.js';
import { parseStatements } from './statements.js';
import { tokenize } from './tokens.js';

export interface PythonParse {
  tree: Module;
  /** What is wrong with the text, in source order: one fault per place, and twenty at most. */
  errors: { message: string; offset: number }[];
  /** Every `# ...`, in source order. */
  comments: readonly Span[];
}

/** Reads any text as Python. It never throws and takes time in proportion to the text, whatever that holds. */
export function parsePython(text: string): PythonParse {
  const { kinds, starts, ends, comments, errors } = tokenize(text);
  const p: Parser = {
    text,
    kinds,
    starts,
    ends,
    comments,
    errors,
    parsePrimary,
    parseCompound,
    at: 0,
    kind: kinds[0] ?? Kind.EndOfFile,
    lineEnd: 0,
    depth: 0,
    chain: 0,
    branches: 0,
  };
  const body: Statement[] = [];
  while (p.kind !== Kind.EndOfFile) {
    parseStatements(p, body);
    // Every block takes its own end; should one ever not, the rest of the file must not go with it.
    if (p.kind === Kind.Dedent) advance(p);
  }
  errors.sort((a, b) => a.offset - b.offset);
  const distinct = errors.filter(({ offset }, at) => offset !== errors[at - 1]?.offset);
  return { tree: { type: 'Module', start: 0, end: text.length, body }, errors: distinct, comments };
}
