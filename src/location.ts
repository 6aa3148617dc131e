/** Where something stands, in SARIF's shape: lines and columns count from 1, columns in UTF-16 units, the end exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `uri` is relative to the audited root and `/`-separated. */
export interface Location {
  readonly uri: string;
  readonly region: Region;
}

/** A place together with what it proves, a sentence that reads after "because". */
export interface Evidence {
  readonly message: string;
  readonly location: Location;
}

/** Something went wrong or was left out; never a result. `error` only when the tool itself failed. */
export interface Notification {
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly location?: Location;
}

/** Not known, with the reason, and what it could be where that is known. Stands in place of a value. */
export interface Unknown<T = unknown> {
  readonly unknown: string;
  readonly candidates?: readonly T[];
}

export type Maybe<T> = T | Unknown<T>;

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'unknown' in value;
}

export function unknown<T = never>(reason: string, candidates?: readonly T[]): Unknown<T> {
  return candidates === undefined ? { unknown: reason } : { unknown: reason, candidates };
}

/** Offsets at which the lines of a text start; `\n`, `\r\n` and a bare `\r` end a line, as in Python and in editors. */
export type LineStarts = readonly number[];

export function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13) {
      if (text.charCodeAt(i + 1) === 10) i++;
      starts.push(i + 1);
    }
  }
  return starts;
}

/** Line and column, both from 1, of an offset. */
export function positionAt(starts: LineStarts, offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

export function regionAt(starts: LineStarts, start: number, end: number): Region {
  const from = positionAt(starts, start);
  const to = positionAt(starts, Math.max(start, end));
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** The first character of a file: where an absence is reported that has no better place. */
export function startOf(uri: string): Location {
  return { uri, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } };
}

export function compareLocations(a: Location, b: Location): number {
  return (
    (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0) ||
    a.region.startLine - b.region.startLine ||
    a.region.startColumn - b.region.startColumn ||
    a.region.endLine - b.region.endLine ||
    a.region.endColumn - b.region.endColumn
  );
}
