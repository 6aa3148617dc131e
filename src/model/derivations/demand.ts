import { connectionLimit } from '../../facts/connection-limit.js';
import { boolean, integer, isKind, text, type Fact } from '../../facts/fact.js';
import { isUnknown, unknown } from '../../location.js';
import { budgetOf, demandOf, type Budget } from '../budget.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

const kinds = ['connection-limit'];

/**
 * Ten thousand connections, as a store in memory takes them by default, are met by nobody of whom not even the numbers are
 * known: of such a limit something is said where it was chosen, or where all is known.
 */
function countedOf(fact: Fact, part: Part, system: System): Budget | undefined {
  const budget = isKind(connectionLimit, fact) ? budgetOf(fact, part, system) : undefined;
  const isDefault = part.role === 'store' && fact.properties.explicit === false;
  return budget === undefined || (isDefault && demandOf(budget).open !== undefined) ? undefined : budget;
}

export const demand: FactDerivation = {
  name: 'demand',
  kinds,
  property: integer('Connections that all components together can take of a limit.'),
  derive(fact, part, system) {
    const budget = countedOf(fact, part, system);
    if (budget === undefined) return undefined;
    const { atLeast, open } = demandOf(budget);
    return derived(
      open === undefined ? atLeast : unknown(open),
      budget.shares.flatMap((share) => share.evidence),
    );
  },
};

export const available: FactDerivation = {
  name: 'available',
  kinds,
  property: integer('Connections that a limit leaves to applications.'),
  derive(fact, part, system) {
    const budget = countedOf(fact, part, system);
    return budget === undefined ? undefined : derived(budget.available);
  },
};

export const overBudget: FactDerivation = {
  name: 'overBudget',
  kinds,
  property: boolean('Whether components can ask for more connections than there are.'),
  derive(fact, part, system) {
    const budget = countedOf(fact, part, system);
    if (budget === undefined) return undefined;
    const evidence = budget.shares.flatMap((share) => share.evidence);
    const { atLeast, open } = demandOf(budget);
    if (isUnknown(budget.available)) return derived<boolean>(unknown(budget.available.unknown), evidence);
    if (atLeast > (known(budget.available) ?? Infinity)) return derived(true, evidence);
    return derived<boolean>(open === undefined ? false : unknown(open), evidence);
  },
};

export const arithmetic: FactDerivation = {
  name: 'arithmetic',
  kinds,
  property: text('The sum, for people.'),
  derive(fact, part, system) {
    const budget = countedOf(fact, part, system);
    return budget === undefined ? undefined : derived(demandOf(budget).arithmetic);
  },
};

export const supply: FactDerivation = {
  name: 'supply',
  kinds,
  property: text('Connections that a limit leaves to applications, and what that comes from, for people.'),
  derive(fact, part, system) {
    const budget = countedOf(fact, part, system);
    return budget === undefined || isUnknown(budget.available) ? undefined : derived(budget.supply);
  },
};
