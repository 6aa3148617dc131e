import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import type { Evidence, Location, Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import { deploys } from '../deploys.js';
import { affinityOf } from './affinity.js';
import { carriesRequests, hasOption, lineOf, proxiesOf, type HaproxyDocument, type Proxy } from './proxies.js';
import { isSet, membersOf, serversOf, targetsOf, type Server } from './servers.js';

export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  for (const proxy of proxiesOf(document as HaproxyDocument)) {
    const servers = serversOf(proxy);
    const addresses = servers.map(({ address }) => address);
    if (servers.length > 0 && carriesRequests(proxy, addresses))
      yield balancer(document as HaproxyDocument, proxy, servers);
  }
}

function balancer(document: HaproxyDocument, proxy: Proxy, servers: readonly Server[]): Stated {
  const at = (range: Range): Location => locate(document, range);
  const affinity = affinityOf(proxy, servers);
  const balance = lineOf(proxy, 'balance');
  const members = membersOf(proxy, servers);
  return state(
    loadBalancer,
    at(proxy.section),
    {
      name: proxy.name,
      affinity: affinity.value,
      targets: targetsOf(servers),
      members,
      algorithm: algorithmOf(balance?.args[0]?.text ?? 'roundrobin'),
      healthChecks: checksOf(servers),
      checkRemedy:
        hasOption(proxy, /chk|-check$/) === undefined
          ? 'option httpchk, and default-server check'
          : 'default-server check',
      slowStart: servers.every(({ words }) => words.includes('slowstart')),
      slowStartRemedy: 'default-server check slowstart 30s',
    },
    unusedCheck(proxy, servers, at),
    {
      ...(affinity.line === undefined ? {} : { affinity: at(affinity.line) }),
      ...(balance === undefined ? {} : { algorithm: at(balance) }),
    },
  );
}

function algorithmOf(word: string): 'turns' | 'least-connections' | 'other' {
  return word === 'leastconn' ? 'least-connections' : /^(?:static-rr|roundrobin)$/.test(word) ? 'turns' : 'other';
}

/** `track` follows the state of another server, `agent-check` lets the server tell its own. */
function checksOf(servers: readonly Server[]): Maybe<'active' | 'none'> {
  const isAsked = (server: Server): boolean =>
    isSet(server, 'check') || isSet(server, 'agent-check') || server.words.includes('track');
  return servers.some(isAsked) ? 'active' : 'none';
}

/** Options say how to ask; only `check` at the servers makes it ask. */
function unusedCheck(proxy: Proxy, servers: readonly Server[], at: (range: Range) => Location): Evidence[] {
  const option = hasOption(proxy, /chk|-check$/);
  if (option === undefined || checksOf(servers) !== 'none') return [];
  return [{ message: 'this says how to ask, but no server has the word "check"', location: at(option) }];
}
