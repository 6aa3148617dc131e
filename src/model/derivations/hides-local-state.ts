import { boolean, isKind } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { unknown } from '../../location.js';
import { derived, type FactDerivation } from '../derivation.js';
import { leadsThrough } from '../balances.js';
import { standing } from './standing.js';

/** State that is not kept for one client, or is wanted by all: the same instance for the same client hides nothing of it. */
const BESIDE_CLIENTS = new Set(['scheduler', 'job-queue', 'rate-limiter', 'realtime-hub']);

/** Affinity that is needed only because instances keep what all should see. */
export const hidesLocalState: FactDerivation = {
  name: 'hidesLocalState',
  kinds: ['load-balancer'],
  property: boolean('Whether a component behind it keeps sessions or other state of its own.'),
  derive(fact, _part, system) {
    if (!isKind(loadBalancer, fact) || fact.properties.affinity === 'none') return undefined;
    const others = system.facts.filter((one) => isKind(loadBalancer, one));
    const behind = system.parts.filter((part) => leadsThrough(fact, part, others));
    const local = behind.flatMap((part) =>
      part.facts.filter((one) => {
        const stands = standing.kinds.includes(one.kind) ? standing.derive(one, part, system)?.value : undefined;
        return (
          !BESIDE_CLIENTS.has(one.kind) &&
          one.properties.purpose !== 'unused' &&
          (stands === 'broken' || stands === 'blocking' || stands === 'tolerated')
        );
      }),
    );
    if (local.length > 0)
      return derived(
        true,
        local.map((one) => ({ message: 'it hides that this is kept by each instance', location: one.location })),
      );
    const read = behind.some((part) => part.directory !== null);
    return derived<boolean>(read ? false : unknown('what the instances behind it keep is not in the repository'));
  },
};
