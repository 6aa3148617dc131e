import { boolean, isKind } from '../../facts/fact.js';
import { telemetry } from '../../facts/telemetry.js';
import { unknown } from '../../location.js';
import { isHostOf } from '../balances.js';
import { known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';

/** Something in its process measures it, or something of the same system asks it. What finds its targets by itself finds this one. */
export const measured: Derivation<'measured'> = {
  name: 'measured',
  property: boolean('Whether anything measures how it does.'),
  derive(part, system) {
    const own = part.facts.find((fact) => isKind(telemetry, fact) && known(fact.properties.means) === 'inside');
    if (own !== undefined) return derived(true, [{ message: 'this measures it', location: own.location }]);
    const asking = system.facts
      .filter((fact) => isKind(telemetry, fact))
      .filter((fact) => known(fact.properties.means) === 'outside')
      .find(({ properties: { targets } }) =>
        targets === undefined ? true : (known(targets) ?? []).some((host) => isHostOf(host, part)),
      );
    if (asking !== undefined) return derived(true, [{ message: 'it is asked from here', location: asking.location }]);
    const reason = part.directory === null ? 'its code is not in the repository' : part.unread;
    return derived<boolean>(reason === undefined ? false : unknown(reason));
  },
};
