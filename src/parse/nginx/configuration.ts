/** A word of a directive. `text` has quotes and escapes taken off; variables stay as they are written. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `name args;`, `name args { block }`, or `name args { raw }` where the block holds another language (Lua). */
export interface Directive {
  readonly name: string;
  readonly args: readonly Word[];
  readonly block?: readonly Directive[];
  readonly raw?: string;
  readonly start: number;
  /** After the last word: `start` to here is how a person would quote the directive. */
  readonly headEnd: number;
  readonly end: number;
}

export interface Configuration {
  readonly directives: readonly Directive[];
  /** Holds tags of a template engine (Jinja, ERB, Go): branches and loops were read as if each stood there once. */
  readonly templated: boolean;
}
