import { choice, isKind, type FactOf } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { proxyCache } from '../../facts/proxy-cache.js';
import { balances } from '../balances.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

type HttpCache = FactOf<typeof httpCache>;

/** What the application says of files matters only as far as requests for them come to it. */
export const proxyBefore: FactDerivation = {
  name: 'proxyBefore',
  kinds: ['http-cache'],
  property: choice(
    ['none', 'hands-on', 'answers'],
    'Of what an application answers: whether a proxy of the same system stands before it, which hands requests for these files on, or which answers them or says itself how long they may be kept.',
  ),
  derive(fact, part, system) {
    if (!isKind(httpCache, fact) || known(fact.properties.layer) !== 'application') return undefined;
    // A platform that sends the files of the application itself asks it for none of them.
    const edge = part.facts
      .filter((one) => isKind(httpCache, one))
      .find((one) => known(one.properties.layer) === 'cdn' && covers(one, fact));
    if (edge !== undefined) return derived('answers', [{ message: 'they are answered here', location: edge.location }]);
    const proxies = system.parts.filter((one) => one.role === 'proxy' && one !== part);
    const handingTo = (to: Part) =>
      proxies.flatMap((proxy) =>
        proxy.facts
          .filter((one) => isKind(loadBalancer, one))
          .filter((one) => balances(one, to))
          .map((balancer) => ({ proxy, balancer })),
      );
    const own = handingTo(part);
    const handing =
      own.length > 0 || part.properties.serves?.value === true ? own : alike(part, system).flatMap(handingTo);
    if (handing.length === 0) return derived<string>('none');
    const answering = handing
      .flatMap(({ proxy }) => proxy.facts)
      .filter((one) => isKind(httpCache, one))
      .find((one) => known(one.properties.layer) === 'proxy' && covers(one, fact));
    const keeping = handing
      .flatMap(({ proxy }) => proxy.facts)
      .filter((one) => isKind(proxyCache, one))
      .find((one) => known(one.properties.hits) === 'possible' && keeps(one, fact));
    if (answering === undefined && keeping !== undefined)
      return derived('answers', [{ message: 'what is kept is answered here', location: keeping.location }]);
    return answering === undefined
      ? derived(
          'hands-on',
          handing.map(({ balancer }) => ({ message: 'requests are handed on here', location: balancer.location })),
        )
      : derived('answers', [{ message: 'they are answered here', location: answering.location }]);
  },
};

/** Other components with the same code: requests go to them where none come to this one. */
function alike(part: Part, system: System): readonly Part[] {
  return system.parts.filter((one) => one !== part && one.directory !== null && one.directory === part.directory);
}

/** Whether a cache that answers for a path, or for all of them where it names none, answers for these files. */
function keeps(cache: FactOf<typeof proxyCache>, files: HttpCache): boolean {
  const where = (known(cache.properties.where) ?? '').replace(/\/+$/, '');
  return !where.startsWith('/') || (known(files.properties.where) ?? '/').startsWith(where);
}

/** A proxy does not tell pages from the answers of an API. */
function kindOf(cache: HttpCache): string | undefined {
  const content = known(cache.properties.content);
  return content === 'api' ? 'page' : content;
}

/** Whether requests for the files of the one meet the location of the other: by endings always, by paths where one begins the other. */
function covers(location: HttpCache, files: HttpCache): boolean {
  if (kindOf(location) !== kindOf(files)) return false;
  const where = known(location.properties.where) ?? '';
  const path = known(files.properties.where) ?? '/';
  if (!path.startsWith('/') || /^~\*? /.test(where)) return true;
  const prefix = where.replace(/^\^~ /, '').replace(/\/+$/, '');
  const mount = path.replace(/\/+$/, '');
  return prefix.startsWith(mount) || mount.startsWith(prefix);
}
