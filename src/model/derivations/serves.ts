import { boolean, isKind } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';
import { balances } from '../balances.js';

export const serves: Derivation<'serves'> = {
  name: 'serves',
  property: boolean('Whether requests reach it: through ports, a service, a proxy.'),
  derive(part, system) {
    const balancers = system.facts.filter((fact) => isKind(loadBalancer, fact));
    const balancer = balancers.find((fact) => balances(fact, part));
    if (balancer !== undefined)
      return derived(true, [{ message: 'requests are handed to it here', location: balancer.location }]);
    if (part.workload === null) return derived(part.role === 'web' || part.role === 'proxy');
    const ports = known(part.workload.properties.ports) ?? [];
    // Manifests of workers are copies of the one that serves, its port among the rest; a service selects that one alone.
    const selecting = balancers.find(
      (fact) =>
        (known(fact.properties.selector) ?? []).length > 0 &&
        system.parts.some((other) => other.workload !== null && other !== part && balances(fact, other)),
    );
    if (
      ports.length > 0 &&
      part.technologies.length === 0 &&
      known(part.workload.properties.placement) === 'many-hosts' &&
      selecting !== undefined
    )
      return derived(false, [{ message: 'services select others, and not this one', location: selecting.location }]);
    return derived(
      ports.length > 0 && part.role !== 'worker',
      ports.length > 0 ? [{ message: 'it offers ports', location: part.workload.location }] : [],
    );
  },
};
