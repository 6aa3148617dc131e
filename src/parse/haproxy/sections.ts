/** A word of a line; quotes and escapes are taken off, variables stay as they are written. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `server web1 10.0.0.1:80 check`: a keyword and what it is given. */
export interface Line {
  readonly keyword: string;
  readonly args: readonly Word[];
  readonly start: number;
  readonly end: number;
}

/** `backend app` and the lines up to the next header. What stands before the first header belongs to the section named ''. */
export interface Section {
  readonly keyword: string;
  /** Words behind the keyword: the name, and `from defaults-of-web`. */
  readonly args: readonly Word[];
  readonly lines: readonly Line[];
  readonly start: number;
  /** After the last word of the header. */
  readonly end: number;
  /** Tags of a template engine, or `.if`, stand inside: lines may be there once, often or never. */
  readonly templated: boolean;
}

export interface Sections {
  readonly sections: readonly Section[];
}
