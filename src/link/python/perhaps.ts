import type { Completion } from './completion.js';
import { mixed } from './completion.js';
import type { Frame, Interpreter } from './interpreter.js';
import { fork } from './journal.js';
import { originAt } from './values.js';
import { startOf } from '../../location.js';

/** Runs what follows statements of which it is not known whether they have ended everything. */
export function perhaps(
  py: Interpreter,
  frame: Frame,
  before: Completion & { type: 'mixed' },
  rest: () => Completion,
): Completion & { type: 'mixed' } {
  const doubt = { reason: before.reason, origin: originAt(startOf(frame.module.path)), complete: true };
  const outcome = fork<Completion>(py, doubt, rest, () => undefined);
  return mixed(before.reason, before, ...('one' in outcome ? [outcome.one] : outcome.both));
}
