import type { Value } from '../value.js';

/** How statements ended: undefined where the next one follows. `mixed` where that depends on what is not known; `returns` where a `return` is among it. */
export type Completion =
  | undefined
  | { readonly type: 'return'; readonly value: Value }
  | { readonly type: 'break' }
  | { readonly type: 'continue' }
  | { readonly type: 'mixed'; readonly reason: string; readonly returns: boolean };

/** What the end of a block means: the end of a function, or of one turn of a loop. */
export type Tail = 'function' | 'loop' | 'open';

/** How statements ended of which it is not known what ended them. */
export function mixed(reason: string, ...all: readonly Completion[]): Completion & { type: 'mixed' } {
  const returns = all.some((one) => one?.type === 'return' || (one?.type === 'mixed' && one.returns));
  return { type: 'mixed', reason, returns };
}
