import { boolean, isKind } from '../../facts/fact.js';
import { runtime } from '../../facts/runtime.js';
import { isUnknown, unknown } from '../../location.js';
import { derived, type FactDerivation } from '../derivation.js';

/** The last day itself still counts. */
export const pastSupport: FactDerivation = {
  name: 'pastSupport',
  kinds: ['runtime'],
  property: boolean('Whether its makers have stopped to close security holes, on the day of the audit.'),
  derive(fact, _part, { today }) {
    if (!isKind(runtime, fact)) return undefined;
    const { supportEnds } = fact.properties;
    return derived(isUnknown(supportEnds) ? unknown<boolean>(supportEnds.unknown) : supportEnds < today);
  },
};
