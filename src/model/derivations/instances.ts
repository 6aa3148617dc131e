import { autoscaler } from '../../facts/autoscaler.js';
import { integer, isKind, type FactOf } from '../../facts/fact.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Part, System } from '../component.js';
import { isJob, known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';
import { isScaledBy } from '../keepers.js';
import type { Derived } from '../model.js';

export const instances: Derivation<'instances'> = {
  name: 'instances',
  property: integer("Instances at most: the autoscaler's maximum, else the replicas."),
  derive: (part, system) => count(part, system, 'maximum'),
};

export const instancesAtLeast: Derivation<'instancesAtLeast'> = {
  name: 'instancesAtLeast',
  property: integer("Instances at least: the autoscaler's minimum, else the replicas."),
  derive: (part, system) => count(part, system, 'minimum'),
};

function count(part: Part, system: System, end: 'minimum' | 'maximum'): Derived<number> {
  const { workload, configuration, imagined } = part;
  if (imagined !== undefined) {
    const many = imagined === 1 ? '1 instance' : `${imagined} instances`;
    return derived(imagined, [
      { message: `${many} of it are simulated`, location: workload?.location ?? part.location },
    ]);
  }
  if (configuration.instances !== undefined) return derived(configuration.instances);
  if (configuration.single === true) return derived(1);
  if (workload === null) return derived<number>(unknown('nothing in the repository deploys it'));
  const scaler = autoscalerOf(part, system);
  if (scaler !== undefined) {
    const value = scaler.properties[end];
    const asks = known(scaler.properties.by) ?? 'an autoscaler asks for';
    return derived(value, [
      {
        message: `${asks} ${say(value)} instances at ${end === 'maximum' ? 'most' : 'least'}`,
        location: scaler.location,
      },
    ]);
  }
  if (isJob(workload)) return derived(1, [{ message: 'it runs once at a time', location: workload.location }]);
  if (known(workload.properties.controller) === 'daemon')
    return derived<number>(
      unknown('one instance on each machine of the cluster, whose number the repository does not tell'),
    );
  const { replicas } = workload.properties;
  const explicit = known(workload.properties.replicasExplicit) === true;
  return derived(replicas, [
    {
      message: explicit
        ? `it asks for ${say(replicas)} ${replicas === 1 ? 'instance' : 'instances'}`
        : isUnknown(replicas)
          ? replicas.unknown
          : `it does not say how many instances, so ${say(replicas)} runs`,
      location: workload.location,
    },
  ]);
}

export function autoscalerOf(part: Part, system: System): FactOf<typeof autoscaler> | undefined {
  return system.facts.filter((fact) => isKind(autoscaler, fact)).find((fact) => isScaledBy(part, fact));
}

function say(value: Maybe<number>): string {
  return isUnknown(value) ? 'an unknown number of' : String(value);
}
