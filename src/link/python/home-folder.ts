import { unite, unknownValue } from './values.js';
import type { Origin, UnknownValue } from '../value.js';

/** Whose home it is, only the machine knows, which says so in `HOME`. */
export function homeFolder(origin: Origin): UnknownValue {
  return unknownValue('the home folder is up to the running system', {
    locations: origin.locations,
    variables: unite(origin.variables, ['HOME']),
  });
}
