import { choice, isKind } from '../../facts/fact.js';
import { volume } from '../../facts/volume.js';
import { volumeClaim } from '../../facts/volume-claim.js';
import { isUnknown, unknown } from '../../location.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';
import { STANDINGS, type Standing } from './standing.js';

/** A volume that only one node can mount, under instances that are all equal and could run on several nodes. */
export const volumeStanding: FactDerivation = {
  name: 'volumeStanding',
  kinds: ['volume'],
  property: choice(STANDINGS, 'How a volume bears the instances that mount it, as in `standing`.'),
  derive(fact, part, system) {
    if (!isKind(volume, fact) || part.workload === null) return undefined;
    const { controller, placement } = part.workload.properties;
    const origin = known(fact.properties.origin);
    const forEqualInstances = known(controller) === 'replicated' && known(placement) === 'many-hosts';
    if (!forEqualInstances || part.role === 'database' || part.role === 'store') return undefined;
    const instances = part.properties.instances;
    const many = typeof instances?.value === 'number' ? instances.value > 1 : undefined;
    const narrow = (): ReturnType<FactDerivation['derive']> => {
      if (many === true) return derived<Standing>('broken', [...(instances?.evidence ?? []), ...claimed]);
      if (many === undefined)
        return derived<Standing>(unknown('how many instances run is not told', ['blocking', 'broken']), claimed);
      return derived<Standing>(known(part.properties.single?.value) === true ? 'tolerated' : 'blocking', claimed);
    };
    if (origin === 'host-path') {
      const claimedBy = known(fact.properties.readOnly) === true;
      return claimedBy ? undefined : derived<Standing>(many === true ? 'broken' : 'fits', instances?.evidence ?? []);
    }
    if (origin !== 'claim') return undefined;
    const source = known(fact.properties.source);
    const claim = system.facts
      .filter((one) => isKind(volumeClaim, one))
      .find((one) => source !== undefined && known(one.properties.name) === source);
    const claimed =
      claim === undefined ? [] : [{ message: 'the claim lets only one node mount it', location: claim.location }];
    if (claim === undefined)
      return many === true
        ? derived<Standing>(unknown('the claim is not in the repository', ['fits', 'broken']))
        : undefined;
    const { access } = claim.properties;
    if (isUnknown(access)) return derived<Standing>(unknown(access.unknown, ['fits', 'broken']));
    if (access === 'many-nodes' || access === 'many-nodes-read-only') return derived<Standing>('fits');
    return narrow();
  },
};
