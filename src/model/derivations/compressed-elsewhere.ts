import { compression } from '../../facts/compression.js';
import { boolean, isKind } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import { unknown } from '../../location.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

/** One layer that compresses is enough: the application, a proxy, or what stands before both. */
export const compressedElsewhere: FactDerivation = {
  name: 'compressedElsewhere',
  kinds: ['compression'],
  property: boolean(
    'Whether another layer of the same system compresses text; of an application also whether one stands before it that could.',
  ),
  derive(fact, _part, system) {
    if (!isKind(compression, fact)) return undefined;
    const others = system.parts.flatMap((other) => other.facts).filter((one) => isKind(compression, one));
    // What stands before the application is asked instead of it.
    const before =
      known(fact.properties.layer) === 'application'
        ? (others.find((one) => known(one.properties.layer) !== 'application') ??
          system.parts
            .flatMap((other) => other.facts)
            .filter((one) => isKind(httpCache, one))
            .find((one) => known(one.properties.layer) !== 'application'))
        : undefined;
    if (before !== undefined) return derived(true, [{ message: 'this stands before it', location: before.location }]);
    const compressing = others.find(
      (one) =>
        one !== fact &&
        known(one.properties.enabled) === true &&
        known(one.properties.types) === 'text' &&
        known(one.properties.layer) !== known(fact.properties.layer),
    );
    // One application that compresses does nothing for another beside it.
    const bare = others.find(
      (one) => known(one.properties.layer) === 'application' && known(one.properties.enabled) === false,
    );
    if (bare !== undefined && known(compressing?.properties.layer) === 'application')
      return derived(false, [{ message: 'this does not compress either', location: bare.location }]);
    // A CDN hands on what is compressed already, and of what answers behind it nothing may be in the repository.
    const isBehindRead = system.parts.some(({ directory, unread }) => directory !== null && unread === undefined);
    if (compressing === undefined && known(fact.properties.layer) === 'cdn' && !isBehindRead)
      return derived<boolean>(unknown('what answers behind it is not in the repository'));
    return derived(
      compressing !== undefined,
      compressing === undefined ? [] : [{ message: 'compressed here', location: compressing.location }],
    );
  },
};
