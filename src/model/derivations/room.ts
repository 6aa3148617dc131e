import { disruptionBudget } from '../../facts/disruption-budget.js';
import { integer, isKind, text, type FactOf } from '../../facts/fact.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Part } from '../component.js';
import { derived, type FactDerivation } from '../derivation.js';

export const room: FactDerivation = {
  name: 'room',
  kinds: ['disruption-budget'],
  property: integer('Instances that a budget lets be missing while no more run than at least.'),
  derive(fact, part) {
    if (!isKind(disruptionBudget, fact)) return undefined;
    const instances = part.properties.instancesAtLeast;
    return derived(roomOf(fact, part).value, instances?.evidence ?? []);
  },
};

export const roomSum: FactDerivation = {
  name: 'roomSum',
  kinds: ['disruption-budget'],
  property: text('What a budget says, with the instances there are, for people.'),
  derive: (fact, part) => (isKind(disruptionBudget, fact) ? derived(roomOf(fact, part).sum) : undefined),
};

/** Shares are rounded up on either side. */
function roomOf(fact: FactOf<typeof disruptionBudget>, part: Part): { value: Maybe<number>; sum: string } {
  const { keeps, keepsPercent, spares, sparesPercent } = fact.properties;
  const instances = part.properties.instancesAtLeast?.value ?? unknown('how many instances run is not told');
  const of = isUnknown(instances) ? 'of its instances' : `of the ${instances} that run at least`;
  const number = (amount: Maybe<number>): string => (isUnknown(amount) ? 'an unknown number' : String(amount));
  if (keeps !== undefined) return { value: less(instances, keeps), sum: `${number(keeps)} ${of} must stay` };
  if (keepsPercent !== undefined && !isUnknown(keepsPercent)) {
    const value =
      keepsPercent >= 100 ? 0 : isUnknown(instances) ? instances : less(instances, share(instances, keepsPercent));
    return { value, sum: `${keepsPercent} % ${of} must stay` };
  }
  if (spares !== undefined) return { value: spares, sum: `${number(spares)} ${of} may be missing` };
  if (sparesPercent !== undefined && !isUnknown(sparesPercent)) {
    const value = sparesPercent === 0 ? 0 : isUnknown(instances) ? instances : share(instances, sparesPercent);
    return { value, sum: `${sparesPercent} % ${of} may be missing` };
  }
  return { value: unknown('the budget names no number'), sum: 'the budget names no number' };
}

function share(instances: number, percent: number): number {
  return Math.ceil((instances * percent) / 100);
}

function less(instances: Maybe<number>, kept: Maybe<number>): Maybe<number> {
  if (isUnknown(kept)) return kept;
  return isUnknown(instances) ? instances : Math.max(0, instances - kept);
}
