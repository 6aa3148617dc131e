import type { FactOf } from '../../facts/fact.js';
import type { loadBalancer } from '../../facts/load-balancer.js';
import type { Part } from '../component.js';
import { known } from '../deployment.js';

/** Whether a load balancer hands requests to a component: it selects its labels, or names it. */
export function balances(balancer: FactOf<typeof loadBalancer>, part: Part): boolean {
  const selector = known(balancer.properties.selector);
  const labels = known(part.workload?.properties.labels);
  if (selector !== undefined && selector.length > 0 && labels !== undefined) {
    if (selector.every((one) => labels[one.slice(0, one.indexOf('='))] === one.slice(one.indexOf('=') + 1)))
      return true;
  }
  const targets = known(balancer.properties.targets) ?? [];
  return targets.some((target) => isHostOf(target, part));
}

/** Whether a host name leads to a component: by its own name, or by the name of its container on the network of its deployment. */
export function isHostOf(host: string, part: Part): boolean {
  const first = host.replace(/:\d+$/, '').split('.')[0] ?? host;
  return part.workload !== null && (first === known(part.workload.properties.name) || first === part.name);
}
