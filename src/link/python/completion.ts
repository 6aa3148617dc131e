import type { Value } from '../value.js';

/** How statements ended: undefined where the next one follows. `mixed` where that depends on what is not known. */
export type Completion =
  | undefined
  | { readonly type: 'return'; readonly value: Value }
  | { readonly type: 'break' }
  | { readonly type: 'continue' }
  | { readonly type: 'mixed'; readonly reason: string };

/** What the end of a block means: the end of a function, or of one turn of a loop. */
export type Tail = 'function' | 'loop' | 'open';
