import { appServer } from '../../facts/app-server.js';
import { boolean, isKind, type FactOf } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { upstream } from '../../facts/upstream.js';
import { isUnknown, unknown } from '../../location.js';
import { isHostOf } from '../balances.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

/** A server that answers one request at a time closes the connection after it, whatever the proxy would like. */
export const worthKeeping: FactDerivation = {
  name: 'worthKeeping',
  kinds: ['upstream'],
  property: boolean(
    'Whether what is behind keeps a connection for the next request: servers on an event loop or with green threads do.',
  ),
  derive(fact, _part, system) {
    if (!isKind(upstream, fact)) return undefined;
    const behind = partsBehind(fact, system);
    if (behind.length === 0) return undefined;
    const servers = behind.flatMap(({ facts }) => facts.filter((one) => isKind(appServer, one)));
    if (servers.length === 0 || servers.some(({ properties }) => isUnknown(properties.concurrency)))
      return derived<boolean>(unknown('what serves requests behind it is not told', [true, false]));
    const keeping = servers.find(
      ({ properties: { concurrency } }) => concurrency === 'event-loop' || concurrency === 'greenlets',
    );
    return derived(
      keeping !== undefined,
      keeping === undefined ? [] : [{ message: 'this server would keep connections', location: keeping.location }],
    );
  },
};

/** Instances on one machine have an address each, which another one gets when they are replaced. */
export const addressesChange: FactDerivation = {
  name: 'addressesChange',
  kinds: ['upstream'],
  property: boolean(
    'Whether its names stand for several instances that come and go, with no address that stays in front of them.',
  ),
  derive(fact, _part, system) {
    if (!isKind(upstream, fact)) return undefined;
    const behind = partsBehind(fact, system);
    if (behind.length === 0) return undefined;
    const moving = behind.filter(
      (part) => known(part.workload?.properties.placement) === 'one-host' && !hasService(part, system),
    );
    const several = moving.find(({ properties }) => (known(properties.instances?.value) ?? 1) > 1);
    if (several === undefined && moving.some(({ properties }) => isUnknown(properties.instances?.value)))
      return derived<boolean>(unknown('how many instances there are is not told', [true, false]));
    return derived(several !== undefined, several?.properties.instances?.evidence ?? []);
  },
};

function partsBehind(fact: FactOf<typeof upstream>, system: System): readonly Part[] {
  const targets = known(fact.properties.targets) ?? [];
  return system.parts.filter((part) => targets.some((target) => isHostOf(target, part)));
}

/** What selects instances by their labels has an address of its own. */
function hasService(part: Part, { facts }: System): boolean {
  const name = known(part.workload?.properties.name);
  return facts.some(
    (one) => isKind(loadBalancer, one) && one.properties.selector !== undefined && known(one.properties.name) === name,
  );
}
