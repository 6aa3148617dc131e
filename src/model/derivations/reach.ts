import { choice, SCOPES, type Scope } from '../../facts/fact.js';
import { isUnknown, unknown } from '../../location.js';
import { known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';

export const reach: Derivation<'reach'> = {
  name: 'reach',
  property: choice(SCOPES, 'The widest set of places that it runs in today.'),
  derive(part) {
    const { instances, processes } = part.properties;
    if (instances === undefined || processes === undefined) throw new Error('reach follows instances and processes');
    if (isUnknown(instances.value)) {
      // One instance on each of several machines is more than one host, whatever their number.
      if (known(part.workload?.properties.controller) === 'daemon')
        return derived<Scope>('cluster', instances.evidence);
      const atLeast = part.properties.instancesAtLeast?.value;
      if (typeof atLeast === 'number' && atLeast > 1)
        return derived<Scope>('cluster', part.properties.instancesAtLeast?.evidence);
      const { candidates = [] } = instances.value;
      if (candidates.length > 0 && candidates.every((count) => count > 1))
        return derived<Scope>('cluster', instances.evidence);
      return derived<Scope>(unknown(instances.value.unknown, SCOPES), instances.evidence);
    }
    if (instances.value > 1) return derived<Scope>('cluster', instances.evidence);
    if (isUnknown(processes.value)) {
      const least = processes.value.candidates ?? [];
      if (least.length > 0 && least.every((value) => value > 1))
        return derived<Scope>('host', [...processes.evidence, ...instances.evidence]);
      return derived<Scope>(unknown(processes.value.unknown, ['process', 'host']), instances.evidence);
    }
    return derived<Scope>(processes.value > 1 ? 'host' : 'process', [...processes.evidence, ...instances.evidence]);
  },
};
