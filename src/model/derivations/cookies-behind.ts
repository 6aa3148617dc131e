import { boolean, isKind } from '../../facts/fact.js';
import { proxyCache } from '../../facts/proxy-cache.js';
import { sessionStore } from '../../facts/session-store.js';
import { isHostOf } from '../balances.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

/** A browser sends every cookie of a site with every request, whoever set it. */
export const cookiesBehind: FactDerivation = {
  name: 'cookiesBehind',
  kinds: ['proxy-cache'],
  property: boolean('Whether an application of this system sets cookies for its visitors, as far as it was read.'),
  derive(fact, part, system) {
    if (!isKind(proxyCache, fact)) return undefined;
    const targets = known(fact.properties.targets) ?? [];
    const behind = system.parts.filter((one) => one !== part && targets.some((target) => isHostOf(target, one)));
    const asked = behind.length > 0 ? behind : system.parts.filter(({ role }) => role === 'web');
    const store = asked.flatMap(({ facts }) => facts).find((one) => isKind(sessionStore, one));
    return derived(
      store !== undefined,
      store === undefined ? [] : [{ message: 'its sessions are known by a cookie', location: store.location }],
    );
  },
};
