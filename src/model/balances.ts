import type { FactOf } from '../facts/fact.js';
import type { loadBalancer } from '../facts/load-balancer.js';
import { known, type Workload } from './deployment.js';

/** What is known of a component by name and labels. */
interface Reachable {
  readonly name: string;
  readonly workload: Workload | null;
}

/** Whether a load balancer hands requests to a component: it selects its labels, or names it. */
export function balances(balancer: FactOf<typeof loadBalancer>, part: Reachable): boolean {
  const selector = known(balancer.properties.selector);
  const labels = known(part.workload?.properties.labels);
  if (selector !== undefined && selector.length > 0 && labels !== undefined) {
    if (selector.every((one) => labels[one.slice(0, one.indexOf('='))] === one.slice(one.indexOf('=') + 1)))
      return true;
  }
  const targets = known(balancer.properties.targets) ?? [];
  return targets.some((target) => isHostOf(target, part));
}

/** The same through others: what it names may be something that hands requests on. */
export function leadsThrough(
  balancer: FactOf<typeof loadBalancer>,
  part: Reachable,
  others: readonly FactOf<typeof loadBalancer>[],
): boolean {
  if (balances(balancer, part)) return true;
  const targets = known(balancer.properties.targets) ?? [];
  return others.some(
    (other) => other !== balancer && targets.includes(known(other.properties.name) ?? '') && balances(other, part),
  );
}

/** Whether a host name leads to a component: by its own name, or by the name of its container on the network of its deployment. */
export function isHostOf(host: string, part: Reachable): boolean {
  const first = host.replace(/:\d+$/, '').split('.')[0] ?? host;
  const names = [known(part.workload?.properties.name), part.name];
  return part.workload !== null && (names.includes(first) || isNumbered(first, names, part.workload));
}

/** On one machine a container can also be called by its full name: `shop_web_1`, `shop-web-1`. */
function isNumbered(host: string, names: readonly (string | undefined)[], { properties }: Workload): boolean {
  const bare = host.replace(/[_-]\d{1,3}$/, '');
  if (bare === host || known(properties.placement) !== 'one-host') return false;
  return names.some((name) => name !== undefined && (bare.endsWith(`_${name}`) || bare.endsWith(`-${name}`)));
}
