import { autoscaler } from '../../facts/autoscaler.js';
import { integer, isKind } from '../../facts/fact.js';
import { isUnknown } from '../../location.js';
import { derived, type FactDerivation } from '../derivation.js';

export const range: FactDerivation = {
  name: 'range',
  kinds: ['autoscaler'],
  property: integer('Instances that an autoscaler can add to those that always run.'),
  derive(fact) {
    if (!isKind(autoscaler, fact)) return undefined;
    const { minimum, maximum } = fact.properties;
    if (isUnknown(maximum)) return derived<number>(maximum);
    return derived<number>(isUnknown(minimum) ? minimum : maximum - minimum);
  },
};
