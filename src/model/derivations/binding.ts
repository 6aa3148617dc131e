import { boolean, choice, isKind, type FactOf } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { realtimeHub } from '../../facts/realtime-hub.js';
import { isUnknown, unknown } from '../../location.js';
import { leadsThrough } from '../balances.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

type Binding = 'unneeded' | 'given' | 'missing';

/** A client that polls is known to one process only, so with several instances something must bring it back to the same one. */
export const binding: FactDerivation = {
  name: 'binding',
  kinds: ['realtime-hub'],
  property: choice(
    ['unneeded', 'given', 'missing'],
    'Whether the requests of one polling client reach the same instance: they need not, what hands them out sees to it, or nothing does.',
  ),
  derive(fact, part, system) {
    if (!isKind(realtimeHub, fact)) return undefined;
    const { polling } = fact.properties;
    const { reach } = part.properties;
    if (polling === false || known(reach?.value) === 'process') return derived<Binding>('unneeded');
    if (known(reach?.value) !== 'cluster') return undefined;
    const balancers = balancersOf(part, system);
    const binding = balancers.find(({ properties: { affinity } }) => !isUnknown(affinity) && affinity !== 'none');
    if (binding !== undefined)
      return derived<Binding>('given', [
        { message: 'clients are bound to one instance here', location: binding.location },
      ]);
    // A service of a cluster is mostly reached through something else, which chooses among the instances by itself.
    const front = balancers.find(
      ({ properties: { selector, affinity } }) => selector === undefined && affinity === 'none',
    );
    if (front === undefined || balancers.some(({ properties }) => isUnknown(properties.affinity)))
      return derived<Binding>(
        unknown('what hands requests to the instances is not told by the repository', ['given', 'missing']),
      );
    return derived<Binding>('missing', [
      { message: 'any instance may get the next request', location: front.location },
      ...(reach?.evidence ?? []),
    ]);
  },
};

/** Affinity that a protocol asks for is right, whatever else it hides. */
export const bindingNeeded: FactDerivation = {
  name: 'bindingNeeded',
  kinds: ['load-balancer'],
  property: boolean('Whether a component behind it has clients that must come back to the same instance.'),
  derive(fact, _part, system) {
    if (!isKind(loadBalancer, fact)) return undefined;
    const others = system.facts.filter((one) => isKind(loadBalancer, one));
    const hub = system.parts
      .filter((part) => leadsThrough(fact, part, others))
      .flatMap((part) => part.facts)
      .find((one) => isKind(realtimeHub, one) && one.properties.polling === true);
    return derived(
      hub !== undefined,
      hub === undefined ? [] : [{ message: 'its clients may poll', location: hub.location }],
    );
  },
};

function balancersOf(part: Part, system: System): readonly FactOf<typeof loadBalancer>[] {
  const all = system.facts.filter((fact) => isKind(loadBalancer, fact));
  return all.filter((fact) => leadsThrough(fact, part, all));
}
