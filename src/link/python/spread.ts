import type { Location } from '../../location.js';
import type { Value, UnknownValue } from '../value.js';
import { derived, unknownValue, sameValue } from './values.js';

/** What an unknown operand makes of the outcome: unknown for the same reason, with the outcomes of its candidates. */
export function spread(
  at: Location,
  values: readonly Value[],
  compute: (values: readonly Value[]) => Value,
): UnknownValue | undefined {
  const index = values.findIndex((value) => value.kind === 'unknown');
  const open = values[index];
  if (open?.kind !== 'unknown') return undefined;
  const origin = derived(at, ...values);
  const { candidates } = open;
  if (candidates === undefined || candidates.length > 8) return unknownValue(open.reason, origin);
  const outcomes: Value[] = [];
  for (const candidate of candidates) {
    const outcome = compute(values.map((value, i) => (i === index ? candidate : value)));
    const own = outcome.kind === 'unknown' ? outcome.candidates : [outcome];
    if (own === undefined) return unknownValue(open.reason, origin);
    for (const one of own) if (!outcomes.some((known) => sameValue(known, one))) outcomes.push(one);
  }
  return unknownValue(open.reason, origin, outcomes);
}
