import type { autoscaler } from '../facts/autoscaler.js';
import type { disruptionBudget } from '../facts/disruption-budget.js';
import type { FactOf } from '../facts/fact.js';
import { known, type Workload } from './deployment.js';

interface Kept {
  readonly workload: Workload | null;
}

/** Whether an autoscaler changes the number of instances of a component. */
export function isScaledBy({ workload }: Kept, scaler: FactOf<typeof autoscaler>): boolean {
  const unit = known(workload?.properties.unit);
  return unit !== undefined && known(scaler.properties.unit) === unit;
}

/** Whether a budget covers the instances of a component; undefined where it does not say what it covers. */
export function isCoveredBy({ workload }: Kept, budget: FactOf<typeof disruptionBudget>): boolean | undefined {
  const selector = known(budget.properties.selector);
  if (selector === undefined) return undefined;
  const labels = known(workload?.properties.labels);
  if (workload === null || labels === undefined || known(workload.properties.evictable) !== true) return false;
  return selector.every((one) => {
    const [name, value] = [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)];
    return Object.hasOwn(labels, name) && labels[name] === value;
  });
}
