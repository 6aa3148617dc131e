import type { Comment } from '../document.js';

/** An instruction with its continuation lines joined, and where each part of it stands in the file. */
export interface LogicalLine {
  readonly text: string;
  /** `[offset in text, offset in file]`, ascending. */
  readonly pieces: readonly (readonly [number, number])[];
  readonly start: number;
  readonly end: number;
}

/** Looking for the ends of here-documents may cost so many times the file; unclosed ones in a row would cost its square. */
const MOST_SEARCHED = 20;

/** Cuts a Dockerfile into instructions: comments and blank lines between continued lines go, bodies of here-documents too. */
export function logicalLines(text: string, escape: string, comments: Comment[]): LogicalLine[] {
  const found: LogicalLine[] = [];
  let at = 0;
  let pieces: [number, number][] = [];
  let joined: string[] = [];
  let length = 0;
  let end = 0;
  let searched = 0;
  const finish = (): void => {
    const line = { text: joined.join(''), pieces, start: pieces[0]?.[1] ?? 0, end };
    [pieces, joined, length] = [[], [], 0];
    found.push(line);
    for (const name of hereDocuments(line.text)) {
      if (searched > MOST_SEARCHED * text.length) break;
      const from = at;
      at = skipHereDocument(text, from, name);
      searched += at === from ? text.length - from : at - from;
    }
  };
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const stop = newline < 0 ? text.length : newline;
    const line = text.slice(at, stop).replace(/\r$/, '');
    const blanks = line.length - line.trimStart().length;
    const start = at + blanks;
    at = newline < 0 ? text.length : newline + 1;
    if (line.startsWith('#', blanks)) {
      comments.push({ start, end: start + line.length - blanks });
      continue;
    }
    if (blanks === line.length) continue;
    const trimmed = line.trimEnd();
    const continues = trimmed.endsWith(escape);
    // The first line loses its indentation; later ones keep theirs, which may separate words.
    const from = pieces.length === 0 ? blanks : 0;
    const part = trimmed.slice(from, continues ? -1 : undefined);
    pieces.push([length, start - blanks + from]);
    joined.push(part);
    length += part.length;
    end = start - blanks + trimmed.length;
    if (!continues) finish();
  }
  if (pieces.length > 0) finish();
  return found;
}

function hereDocuments(line: string): string[] {
  if (!/^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\b/i.test(line)) return [];
  return [...line.matchAll(/(?<!<)<<-?(["']?)([A-Za-z_]\w*)\1/g)].map((match) => match[2] ?? '');
}

function skipHereDocument(text: string, from: number, name: string): number {
  let at = from;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const stop = newline < 0 ? text.length : newline;
    // Only `<<-` allows tabs before the end; to allow them always cannot end a body too late.
    const line = text.slice(at, stop).trim();
    at = newline < 0 ? text.length : newline + 1;
    if (line === name) return at;
  }
  // Without its end it is no here-document but something that merely looks like one.
  return from;
}

/** Where a character of the joined text stands in the file. */
export function offsetIn(line: LogicalLine, index: number): number {
  let low = 0;
  let high = line.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((line.pieces[middle]?.[0] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const [inText, inFile] = line.pieces[low] ?? [0, 0];
  return inFile + index - inText;
}
