import { autoscaler } from '../../facts/autoscaler.js';
import { boolean, isKind } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import type { Evidence } from '../../location.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';
import { isScaledBy } from '../keepers.js';

/** One container without is enough: then the share of the whole is not known to the platform. */
export const requestsMissing: FactDerivation = {
  name: 'requestsMissing',
  kinds: ['autoscaler', 'workload'],
  property: boolean(
    'Whether an autoscaler measures a share of what instances do not ask for: of an autoscaler, any container that it scales; of a workload, itself.',
  ),
  derive(fact, part, system) {
    if (isKind(autoscaler, fact)) {
      const shares = known(fact.properties.shareOf);
      if (shares === undefined) return undefined;
      const scaled = system.parts.filter((one) => isScaledBy(one, fact));
      const lacking = scaled.flatMap((one) => lackingIn(one, shares));
      return derived(lacking.length > 0, lacking);
    }
    if (!isKind(workload, fact)) return undefined;
    const scalers = scalersOf(part, system);
    return derived(scalers.some((shares) => lackingIn(part, shares).length > 0));
  },
};

function scalersOf(part: Part, system: System): (readonly string[])[] {
  return system.facts
    .filter((fact) => isKind(autoscaler, fact))
    .filter((fact) => isScaledBy(part, fact))
    .map((fact) => known(fact.properties.shareOf) ?? []);
}

const REQUESTS = { cpu: 'cpuRequest', memory: 'memoryRequest' } as const;

function lackingIn({ workload: one }: Part, shares: readonly string[]): Evidence[] {
  if (one === null) return [];
  const container = known(one.properties.container);
  return (['cpu', 'memory'] as const).flatMap((resource) => {
    const asked = shares.some((share) => share === resource || share === `${resource}@${container ?? ''}`);
    if (!asked || known(one.properties[REQUESTS[resource]]) !== 'absent') return [];
    const location = [one.places?.[REQUESTS[resource]] ?? one.location].flat()[0] ?? one.location;
    return [{ message: `${container ?? 'it'} asks for no ${resource}`, location }];
  });
}
