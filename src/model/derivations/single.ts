import { boolean } from '../../facts/fact.js';
import { known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';
import { autoscalerOf } from './instances.js';

/** Someone wrote down that there is to be one: not the mere default of a platform, and nothing that scales it. */
export const single: Derivation<'single'> = {
  name: 'single',
  property: boolean('Whether it declares itself to be one instance and no more.'),
  derive(part, system) {
    const { workload, configuration, imagined } = part;
    if (imagined !== undefined && imagined > 1) return derived(false);
    if (configuration.single !== undefined) return derived(configuration.single);
    if (workload === null || autoscalerOf(part, system) !== undefined) return derived(false);
    const { replicas, replicasExplicit, strategy, placement } = workload.properties;
    // On one machine there is no other strategy to choose.
    const chosen = known(strategy) === 'recreate' && known(placement) === 'many-hosts';
    const written = known(replicasExplicit) === true || chosen;
    if (known(replicas) !== 1 || !written) return derived(false);
    return derived(true, [{ message: 'it declares itself to be a single instance', location: workload.location }]);
  },
};
