import { boolean, isKind } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { derived, type FactDerivation } from '../derivation.js';
import { isNeighbour } from '../leads-to.js';

/** What stands beside an application or a store, and is nothing that anybody knows, is there to watch or to help it. */
export const besideKnown: FactDerivation = {
  name: 'besideKnown',
  kinds: ['workload'],
  property: boolean('Whether another container of the same unit is known to be a server, a store or a worker.'),
  derive(fact, part, system) {
    if (!isKind(workload, fact)) return undefined;
    return derived(system.parts.some((other) => other.role !== 'unknown' && isNeighbour(part, other)));
  },
};
