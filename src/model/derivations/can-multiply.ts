import { boolean } from '../../facts/fact.js';
import { known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';

/** A fixed name or a strategy that stops the old instance first were written for one instance. */
export const canMultiply: Derivation<'canMultiply'> = {
  name: 'canMultiply',
  property: boolean('Whether its platform could run a second instance with no more than a changed number.'),
  derive({ workload }) {
    if (workload === null) return derived(false);
    const { strategy, singleName } = workload.properties;
    return derived(known(strategy) !== 'recreate' && known(singleName) !== true);
  },
};
