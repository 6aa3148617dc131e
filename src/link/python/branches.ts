import type { Location } from '../../location.js';
import type { Interpreter } from './interpreter.js';
import { fork, merger, type Doubt } from './journal.js';
import { derived } from './values.js';
import type { Value } from '../value.js';

/** Why a condition at a place is not known. */
export function doubtOf(test: Value, at: Location, complete = true): Doubt {
  const line = `${at.uri}:${at.region.startLine}`;
  const cause = test.kind === 'unknown' ? test.reason : 'what a library gives is not known';
  // The first condition says it all; chains of them would only grow.
  const reason = cause.startsWith('depends on the condition at')
    ? cause
    : `depends on the condition at ${line}: ${cause}`;
  return { reason, origin: derived(at, test), complete };
}

/** The value of two expressions of which a condition that is not known chooses one. */
export function fold(py: Interpreter, test: Value, at: Location, first: () => Value, second: () => Value): Value {
  const doubt = doubtOf(test, at);
  const outcome = fork(py, doubt, first, second);
  return 'one' in outcome ? outcome.one : merger(doubt)(...outcome.both);
}
