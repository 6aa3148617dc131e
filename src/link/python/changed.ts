import type { Value } from '../value.js';
import type { Location } from '../../location.js';
import { unite, placesAfter } from './values.js';

/** Notes the place that last changed a container, and on what the change depends. */
export function changed<T extends Value>(container: T, at: Location, ...by: readonly Value[]): T {
  let { variables } = container.origin;
  for (const value of by) variables = unite(variables, value.origin.variables);
  Object.assign(container, { origin: { locations: placesAfter([at], container.origin.locations), variables } });
  return container;
}
