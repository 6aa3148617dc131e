import widthOf from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import picocolors from 'picocolors';
import { harmless } from '../../harmless.js';
import type { Location } from '../../location.js';
import type { ReportOptions } from '../report.js';

export { count, percent } from '../count.js';

/** What a text report is written on. */
export interface Paper {
  readonly width: number;
  readonly paint: ReturnType<typeof picocolors.createColors>;
}

export type Paint = (text: string) => string;

export function paperOf({ colour, width }: ReportOptions): Paper {
  return { width: Math.max(40, Math.min(width, 120)), paint: picocolors.createColors(colour) };
}

/** Nothing that a person reads in one go is longer; a hostile repository's texts are. */
const LONGEST_TEXT = 1500;

/** Lines of a paragraph, made harmless, wrapped to the paper and indented; `label` stands in the indent of the first line. */
export function paragraph(paper: Paper, text: string, indent: number, paint?: Paint, label = ''): string[] {
  const space = Math.max(20, paper.width - indent);
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return wrapAnsi(harmless(cut.replace(/\s*\n\s*/g, ' ')), space)
    .split('\n')
    .map((line, index) => (index === 0 ? padded(label, indent) : ' '.repeat(indent)) + (paint?.(line) ?? line));
}

/** Fills up with spaces to a width on the screen, whatever colours and wide letters the text has. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Left and right end of one line; the right one moves to its own line where both do not fit. */
export function ends(paper: Paper, left: string, right: string): string[] {
  if (right === '') return [left];
  const gap = paper.width - widthOf(left) - widthOf(right);
  if (gap >= 2) return [left + ' '.repeat(gap) + right];
  return [left, ' '.repeat(Math.max(2, paper.width - widthOf(right))) + right];
}

export function heading(paper: Paper, title: string): string[] {
  const rule = '─'.repeat(Math.max(3, paper.width - widthOf(title) - 1));
  return ['', `${paper.paint.bold(title)} ${paper.paint.dim(rule)}`];
}

/** `path:line:column`, which terminals and editors make clickable. */
export function place({ uri, region }: Location): string {
  return harmless(`${uri}:${region.startLine}:${region.startColumn}`);
}
