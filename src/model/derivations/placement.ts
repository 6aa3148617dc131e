import { choice } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { derived, type Derivation } from '../derivation.js';

export const placement: Derivation<'placement'> = {
  name: 'placement',
  property: choice(['one-host', 'many-hosts'], 'Whether its instances can run on several machines.'),
  derive({ workload }) {
    if (workload === null) return derived<'one-host' | 'many-hosts'>(unknown('nothing in the repository deploys it'));
    return derived(workload.properties.placement, [{ message: 'it is deployed here', location: workload.location }]);
  },
};
