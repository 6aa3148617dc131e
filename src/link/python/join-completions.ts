import { mixed, type Completion, type Tail } from './completion.js';
import { merger } from './journal.js';
import type { Frame } from './interpreter.js';
import { noneValue } from './values.js';

export function joinCompletions(
  both: readonly [Completion, Completion],
  tail: Tail,
  doubt: Parameters<typeof merger>[0],
  frame: Frame,
): Completion {
  const [a, b] = both.map((one): Completion => {
    if (one === undefined && tail === 'function' && frame.kind === 'function')
      return { type: 'return', value: noneValue() };
    return one?.type === 'continue' && tail === 'loop' ? undefined : one;
  });
  if (a === undefined && b === undefined) return undefined;
  if (a?.type === 'return' && b?.type === 'return') return { type: 'return', value: merger(doubt)(a.value, b.value) };
  if (a !== undefined && a.type === b?.type) return a;
  return mixed(doubt.reason, a, b);
}
