import { autoscaler } from '../../facts/autoscaler.js';
import { boolean, isKind } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { unknown } from '../../location.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';
import { isScaledBy } from '../keepers.js';
import { autoscalerOf } from './instances.js';

/** By anything in the repository; one that scales something of the same name elsewhere may mean this. */
export const autoscaled: FactDerivation = {
  name: 'autoscaled',
  kinds: ['workload'],
  property: boolean('Whether something changes the number of its instances by load.'),
  derive(fact, part, system) {
    if (!isKind(workload, fact) || known(fact.properties.elastic) !== true) return undefined;
    const scaler = autoscalerOf(part, system);
    if (scaler !== undefined)
      return derived(true, [{ message: 'this changes the number of instances by load', location: scaler.location }]);
    const stray = strayScaler(part, system);
    return derived<boolean>(stray === undefined ? false : unknown(stray));
  },
};

function strayScaler(part: Part, system: System): string | undefined {
  for (const scaler of system.facts.filter((fact) => isKind(autoscaler, fact))) {
    if (system.parts.some((one) => isScaledBy(one, scaler))) continue;
    const unit = known(scaler.properties.unit);
    if (unit === undefined) return 'an autoscaler does not say what it scales';
    if (unit.split('/').at(-1) === known(part.workload?.properties.name))
      return 'an autoscaler names something of the same name elsewhere';
  }
  return undefined;
}
