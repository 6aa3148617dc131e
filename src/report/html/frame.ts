import type { Location } from '../../location.js';
import type { Inventory } from '../../discover/inventory.js';
import { highlight, type Run } from './highlight.js';
import { join, markup, NOTHING, type Markup } from './markup.js';

/** Draws the lines of places, as long as there is room for them on the page. */
export interface Frames {
  /** Nothing where there is no such place, or no room is left. */
  draw(location: Location, message: string, around?: number): Markup;
  /** How many were left out for want of room. */
  leftOut(): number;
}

/** Frames on one page: two megabytes of code are no longer read but searched, in the repository. */
const MOST_FRAMES = 400;
/** Of a long region its first lines are shown. */
const MOST_LINES = 8;
const LONGEST_LINE = 300;
const BEFORE_COLUMN = 120;

export function framesOf(inventory: Inventory): Frames {
  const files = new Map<string, readonly (readonly Run[])[] | undefined>();
  let drawn = 0;
  let left = 0;
  const linesOf = (uri: string): readonly (readonly Run[])[] | undefined => {
    if (!files.has(uri)) {
      const text = inventory.read(uri);
      files.set(uri, text === undefined ? undefined : highlight(uri, text));
    }
    return files.get(uri);
  };
  return {
    leftOut: () => left,
    draw(location, message, around = 2) {
      const { startLine, startColumn, endLine, endColumn } = location.region;
      // The head of a file stands for something that is absent: there is nothing to see.
      if (startLine === 1 && startColumn === 1 && endLine === 1 && endColumn === 1) return NOTHING;
      if (drawn >= MOST_FRAMES) {
        left++;
        return NOTHING;
      }
      const lines = linesOf(location.uri);
      if (lines === undefined || startLine > lines.length) return NOTHING;
      drawn++;
      return frame(lines, location, message, around);
    },
  };
}

function frame(lines: readonly (readonly Run[])[], { uri, region }: Location, message: string, around: number): Markup {
  const { startLine, endLine } = region;
  const last = Math.min(endLine, startLine + MOST_LINES - 1, lines.length);
  const from = Math.max(1, startLine - around);
  const to = Math.min(lines.length, last + (last < endLine ? 0 : around));
  const rows: Markup[] = [];
  for (let number = from; number <= to; number++) {
    const isMarked = number >= startLine && number <= last;
    rows.push(
      markup`<span class="${isMarked ? 'line at' : 'line'}"><span class="number">${number}</span><span class="code">${lineOf(lines[number - 1] ?? [], region, number, isMarked)}</span></span>`,
    );
  }
  const cut = last < endLine ? markup`<p class="quiet">and ${endLine - last} more lines</p>` : NOTHING;
  const caption = message === '' ? NOTHING : markup` <span class="says">${message}</span>`;
  return markup`<figure class="frame"><figcaption><span class="place">${uri}:${startLine}</span>${caption}</figcaption><pre>${rows}</pre>${cut}</figure>`;
}

function lineOf(runs: readonly Run[], region: Location['region'], number: number, isMarked: boolean): Markup {
  const { startLine, startColumn, endLine, endColumn } = region;
  const length = runs.reduce((sum, { text }) => sum + text.length, 0);
  // What lies far to the right on a long line is shown from a little before it.
  const skip = number === startLine && startColumn > LONGEST_LINE ? startColumn - BEFORE_COLUMN : 0;
  const end = Math.min(length, skip + LONGEST_LINE);
  const markFrom = !isMarked ? Infinity : number === startLine ? startColumn - 1 : indentOf(runs);
  const markTo = number === endLine ? Math.max(endColumn - 1, number === startLine ? startColumn : 0) : Infinity;
  const pieces: Markup[] = skip > 0 ? [markup`<span class="cut">…</span>`] : [];
  let at = 0;
  for (const { text, kind } of runs) {
    // Cut where the mark begins and ends, so that pieces and marks nest.
    for (const [from, to] of between(
      [skip, Math.min(markFrom, end), Math.min(markTo, end), end],
      at,
      at + text.length,
    )) {
      const shown = pieceOf(text.slice(from - at, to - at), kind);
      pieces.push(from >= markFrom && to <= markTo ? markup`<mark>${shown}</mark>` : shown);
    }
    at += text.length;
  }
  if (end < length) pieces.push(markup`<span class="cut">…</span>`);
  return join(pieces);
}

function pieceOf(text: string, kind: string): Markup {
  const shown = text.replaceAll('\t', '    ');
  return kind === '' ? markup`${shown}` : markup`<span class="k-${kind}">${shown}</span>`;
}

function indentOf(runs: readonly Run[]): number {
  const text = runs.map((run) => run.text).join('');
  return text.length - text.trimStart().length;
}

/** The part of `from` to `to` that lies between the first and the last stop, cut at the stops. */
function between(stops: readonly number[], from: number, to: number): [number, number][] {
  const first = stops[0] ?? 0;
  const last = stops.at(-1) ?? 0;
  const inside = [from, to, ...stops].filter((one) => one >= from && one <= to && one >= first && one <= last);
  const sorted = [...new Set(inside)].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index): [number, number] => [sorted[index] ?? 0, end]);
}
