import { compression } from '../../facts/compression.js';
import { boolean, isKind } from '../../facts/fact.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

/** One layer that compresses is enough: the application, a proxy, or what stands before both. */
export const compressedElsewhere: FactDerivation = {
  name: 'compressedElsewhere',
  kinds: ['compression'],
  property: boolean('Whether another layer of the same system compresses text.'),
  derive(fact, _part, system) {
    if (!isKind(compression, fact)) return undefined;
    const others = system.parts.flatMap((other) => other.facts).filter((one) => isKind(compression, one));
    const compressing = others.find(
      (one) =>
        one !== fact &&
        known(one.properties.enabled) === true &&
        known(one.properties.types) === 'text' &&
        known(one.properties.layer) !== known(fact.properties.layer),
    );
    return derived(
      compressing !== undefined,
      compressing === undefined ? [] : [{ message: 'compressed here', location: compressing.location }],
    );
  },
};
