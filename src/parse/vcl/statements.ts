/** A word, an operator, or a string without its quotes. */
export interface Word {
  readonly text: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * `set req.url = "/";`, `if (...) { }`, `backend web { }`: the words up to `;` or `{`, and what stands in the braces. Blocks of
 * fields (`.probe = { }`) read the same.
 */
export interface Statement {
  readonly words: readonly Word[];
  readonly block?: readonly Statement[];
  readonly start: number;
  /** After the last word: `start` to here is how a person would quote it. */
  readonly headEnd: number;
  readonly end: number;
}

export interface Program {
  readonly statements: readonly Statement[];
  /** Holds tags of a template engine: branches and loops were read as if each stood there once. */
  readonly templated: boolean;
}
