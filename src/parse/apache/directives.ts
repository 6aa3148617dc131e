/** A word of a directive, without its quotes. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `Name args` on a line, or `<Name args>` with what stands up to `</Name>`. */
export interface Directive {
  /** In lower case: Apache does not tell `ServerName` from `servername`. */
  readonly name: string;
  readonly args: readonly Word[];
  readonly block?: readonly Directive[];
  readonly start: number;
  /** After the last word, the bracket included: `start` to here is how a person would quote it. */
  readonly headEnd: number;
}

export interface Directives {
  readonly directives: readonly Directive[];
  /** Holds tags of a template engine: branches and loops were read as if each stood there once. */
  readonly templated: boolean;
}
