import type { AST, SourceCode } from 'eslint';
import { lineStarts, type LineStarts, type Region } from '../location.js';

const starts = new WeakMap<object, LineStarts>();

export function lineStartsOf(sourceCode: SourceCode): LineStarts {
  let found = starts.get(sourceCode);
  if (found === undefined) starts.set(sourceCode, (found = lineStarts(sourceCode.text)));
  return found;
}

export function offsetOf(sourceCode: SourceCode, line: number, column: number): number {
  return Math.min((lineStartsOf(sourceCode)[line - 1] ?? Infinity) + column - 1, sourceCode.text.length);
}

/** A region as ESLint counts in this language: JavaScript's columns begin with 0, those of JSON and CSS with 1. */
export function placeOf(sourceCode: SourceCode, region: Region): AST.SourceLocation {
  const place = (line: number, column: number): AST.SourceLocation['start'] =>
    sourceCode.getLocFromIndex(offsetOf(sourceCode, line, column));
  return { start: place(region.startLine, region.startColumn), end: place(region.endLine, region.endColumn) };
}
