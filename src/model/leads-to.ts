import { loadBalancer } from '../facts/load-balancer.js';
import { isKind } from '../facts/fact.js';
import { balances, isHostOf } from './balances.js';
import type { Part, System } from './component.js';
import { known } from './deployment.js';

/**
 * Whether a host name that a component uses leads to another one: by its own name, by that of a service that selects
 * it, or from a container beside it through the network they share.
 */
export function leadsTo(host: string | undefined, from: Part, to: Part, system: System): boolean {
  if (host === undefined || from === to) return false;
  if (isNeighbour(from, to)) return /^(localhost|127\.0\.0\.1|::1)$/.test(host);
  if (isHostOf(host, to)) return true;
  const name = host.split('.')[0];
  return system.facts.some(
    (fact) => isKind(loadBalancer, fact) && known(fact.properties.name) === name && balances(fact, to),
  );
}

/** Whether two components are containers of one unit. */
export function isNeighbour(part: Part, other: Part): boolean {
  const unit = known(part.workload?.properties.unit);
  return part !== other && unit !== undefined && unit === known(other.workload?.properties.unit);
}
