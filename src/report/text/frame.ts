import widthOf from 'fast-string-width';
import { harmless } from '../../harmless.js';
import type { Location } from '../../location.js';
import type { Paper } from './paper.js';

const AROUND = 2;
/** Of a long region its first lines are shown. */
const MOST_LINES = 6;
const TAB = '    ';

/** The lines of a place with the place underlined. Nothing for an absence at the head of a file, which underlines nothing. */
export function frame(paper: Paper, text: string | undefined, { region }: Location, indent: number): string[] {
  if (text === undefined) return [];
  const { startLine, startColumn, endLine, endColumn } = region;
  if (startLine === 1 && startColumn === 1 && endLine === 1 && endColumn === 1) return [];
  const lines = text.split(/\r\n|\r|\n/);
  if (startLine > lines.length) return [];
  const last = Math.min(endLine, startLine + MOST_LINES - 1, lines.length);
  const from = Math.max(1, startLine - AROUND);
  const to = Math.min(lines.length, last + (last < endLine ? 0 : AROUND));
  const gutter = String(to).length;
  const space = Math.max(20, paper.width - indent - gutter - 5);
  const skipped = skipTo(lines[startLine - 1] ?? '', startColumn, space);
  const margin = ' '.repeat(indent);
  const { dim, red } = paper.paint;
  const drawn: string[] = [];
  for (let number = from; number <= to; number++) {
    const line = lines[number - 1] ?? '';
    const marked = number >= startLine && number <= last;
    const shown = cut(line, skipped, space);
    const head = `${marked ? red('>') : ' '} ${dim(`${String(number).padStart(gutter)} │`)}`;
    drawn.push(shown === '' ? `${margin}${head}` : `${margin}${head} ${marked ? shown : dim(shown)}`);
    if (number !== startLine) continue;
    const end = endLine === startLine ? endColumn : line.length + 1;
    const before = widthOf(cut(line.slice(0, startColumn - 1), skipped, Infinity));
    const carets = widthOf(visible(line.slice(startColumn - 1, end - 1).trimEnd()));
    const room = Math.max(1, space - before);
    drawn.push(
      `${margin}  ${' '.repeat(gutter)} ${dim('│')} ${' '.repeat(before)}${red('^'.repeat(Math.max(1, Math.min(carets, room))))}`,
    );
  }
  return drawn;
}

function visible(text: string): string {
  return harmless(text.replaceAll('\t', TAB));
}

/** How many characters to leave out on the left so that a column far to the right is seen. */
function skipTo(line: string, column: number, space: number): number {
  if (widthOf(visible(line.slice(0, Math.min(column + 20, 10_000)))) <= space) return 0;
  return Math.max(0, column - 1 - Math.floor(space / 3));
}

function cut(line: string, skipped: number, space: number): string {
  // A line of a minified file is cut before it is measured.
  const rest = skipped >= line.length ? '' : line.slice(skipped, skipped + Math.min(space, 10_000) + 1);
  const shown = (skipped > 0 && line !== '' ? '…' : '') + visible(rest);
  const whole = skipped + rest.length >= line.length;
  if (widthOf(shown) <= space && whole) return shown;
  let end = shown;
  while (widthOf(end) > space - 1) end = end.slice(0, -1);
  return `${end}…`;
}
