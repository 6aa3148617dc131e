import { boolean, isKind } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { balances } from '../balances.js';
import { known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';

/** A proxy that was read must name another component of the same kind: one that nobody read may hand requests to anybody. */
export const internal: Derivation<'internal'> = {
  name: 'internal',
  property: boolean(
    'Whether only other components ask it: it publishes nothing, works with no database, and the proxy hands its requests to others.',
  ),
  derive(part, system) {
    if (known(part.workload?.properties.published) !== false) return derived(false);
    if (part.facts.some(({ kind }) => kind === 'database-connection')) return derived(false);
    const balancers = system.facts.filter((fact) => isKind(loadBalancer, fact));
    if (balancers.some((fact) => balances(fact, part))) return derived(false);
    const served = system.parts.filter((one) => one !== part && one.role === 'web');
    const other = balancers.find((fact) => served.some((one) => balances(fact, one)));
    return derived(
      other !== undefined,
      other === undefined ? [] : [{ message: 'requests are handed to others here', location: other.location }],
    );
  },
};
