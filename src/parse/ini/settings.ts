/** One line `key = value`. `value` has its quotes taken off; the ranges cover what is written, without surrounding space. */
export interface Setting {
  readonly key: string;
  readonly value: string;
  readonly keyRange: { readonly start: number; readonly end: number };
  readonly valueRange: { readonly start: number; readonly end: number };
}

/** Keys may repeat (uWSGI), so the lines stay a list. What stands before the first header belongs to the section named ''. */
export interface Section {
  readonly name: string;
  /** The header, brackets included; empty, at the start of the file, for the section without one. */
  readonly header: { readonly start: number; readonly end: number };
  readonly settings: readonly Setting[];
}

export interface Settings {
  readonly sections: readonly Section[];
}
