import { boolean } from '../../facts/fact.js';
import { derived, type Derivation } from '../derivation.js';

export const deployed: Derivation<'deployed'> = {
  name: 'deployed',
  property: boolean('Whether anything in the repository deploys it.'),
  derive: ({ workload }) =>
    workload === null
      ? derived(false)
      : derived(true, [{ message: 'it is deployed here', location: workload.location }]),
};
