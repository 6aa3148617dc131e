import type { FactOf } from '../facts/fact.js';
import type { workload } from '../facts/workload.js';
import { isUnknown, type Maybe } from '../location.js';

export type Workload = FactOf<typeof workload> & {
  /** Other descriptions of the same workload, of which somebody chooses one when it is started. */
  readonly alternatives?: readonly FactOf<typeof workload>[];
};

/** The value of a property, or undefined where it is absent or unknown. */
export function known<T>(value: Maybe<T> | undefined): T | undefined {
  return value === undefined || isUnknown(value) ? undefined : value;
}

export function isJob(fact: Workload): boolean {
  const controller = known(fact.properties.controller);
  return controller === 'job' || controller === 'scheduled-job';
}
