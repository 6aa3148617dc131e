import { disruptionBudget } from '../../facts/disruption-budget.js';
import { boolean, isKind } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { unknown } from '../../location.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';
import { isCoveredBy } from '../keepers.js';

export const budgeted: FactDerivation = {
  name: 'budgeted',
  kinds: ['workload'],
  property: boolean('Whether a budget bounds how many of its instances may be missing while machines are serviced.'),
  derive(fact, part, system) {
    if (!isKind(workload, fact) || known(fact.properties.evictable) !== true) return undefined;
    const covered = system.facts
      .filter((one) => isKind(disruptionBudget, one))
      .map((one) => ({ one, covers: isCoveredBy(part, one) }));
    const budget = covered.find(({ covers }) => covers === true);
    if (budget !== undefined)
      return derived(true, [{ message: 'this budget covers it', location: budget.one.location }]);
    const doubtful = covered.find(({ covers }) => covers === undefined);
    return derived<boolean>(doubtful === undefined ? false : unknown('a budget does not say plainly what it covers'));
  },
};
