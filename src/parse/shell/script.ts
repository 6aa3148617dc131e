import type { Range } from '../document.js';

/** A word as it is written, quotes and `$` included; `expand-word.ts` gives its value. */
export interface RawWord extends Range {
  readonly raw: string;
}

/** How a step follows the one before it in the same list. */
export type Joint = 'then' | 'and' | 'or' | 'pipe';

interface Placed extends Range {
  readonly joint: Joint;
  /** Ended by `&`: the script goes on while it runs. */
  readonly background: boolean;
  /** `!` before it. */
  readonly negated: boolean;
}

/** Assignments before a command stand among its words: the first ones that contain `=`. Redirections are left out. */
export interface SimpleStep extends Placed {
  readonly kind: 'simple';
  readonly words: readonly RawWord[];
}

export interface IfStep extends Placed {
  readonly kind: 'if';
  readonly branches: readonly { readonly test: readonly Step[]; readonly body: readonly Step[] }[];
  /** Undefined where there is no `else`. */
  readonly otherwise: readonly Step[] | undefined;
}

export interface CaseStep extends Placed {
  readonly kind: 'case';
  readonly subject: RawWord | undefined;
  readonly arms: readonly { readonly patterns: readonly RawWord[]; readonly body: readonly Step[] }[];
}

/** `while`, `until`, `for`, `select`. */
export interface LoopStep extends Placed {
  readonly kind: 'loop';
  /** What `for` sets. */
  readonly variable: string | undefined;
  readonly body: readonly Step[];
}

/** `{ }` and `( )`. */
export interface GroupStep extends Placed {
  readonly kind: 'group';
  /** `( )`: what it changes of the shell is undone at its end. */
  readonly apart: boolean;
  readonly body: readonly Step[];
}

export interface FunctionStep extends Placed {
  readonly kind: 'function';
  readonly name: string;
  readonly body: readonly Step[];
}

export type Step = SimpleStep | IfStep | CaseStep | LoopStep | GroupStep | FunctionStep;

export interface Script {
  readonly steps: readonly Step[];
}
