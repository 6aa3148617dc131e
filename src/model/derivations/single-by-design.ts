import { boolean } from '../../facts/fact.js';
import { derived, type Derivation } from '../derivation.js';

export const singleByDesign: Derivation<'singleByDesign'> = {
  name: 'singleByDesign',
  property: boolean('Whether the configuration says that one instance is enough.'),
  derive: ({ configuration, imagined = 1 }) => derived(configuration.single === true && imagined <= 1),
};
