import { boolean, isKind } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';
import { balances } from '../balances.js';

export const serves: Derivation<'serves'> = {
  name: 'serves',
  property: boolean('Whether requests reach it: through ports, a service, a proxy.'),
  derive(part, system) {
    const balancer = system.facts.filter((fact) => isKind(loadBalancer, fact)).find((fact) => balances(fact, part));
    if (balancer !== undefined)
      return derived(true, [{ message: 'requests are handed to it here', location: balancer.location }]);
    if (part.workload === null) return derived(part.role === 'web' || part.role === 'proxy');
    const ports = known(part.workload.properties.ports) ?? [];
    return derived(
      ports.length > 0 && part.role !== 'worker',
      ports.length > 0 ? [{ message: 'it offers ports', location: part.workload.location }] : [],
    );
  },
};
