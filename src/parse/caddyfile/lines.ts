/** A word, without its quotes; placeholders (`{path}`) and variables (`{$HOST}`) stay as they are written. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words of a line, and what stands in the braces that it opens. */
export interface Line {
  readonly words: readonly Word[];
  readonly block?: readonly Line[];
  readonly start: number;
  /** After the last word: `start` to here is how a person would quote it. */
  readonly headEnd: number;
}

export interface Caddyfile {
  readonly lines: readonly Line[];
}
