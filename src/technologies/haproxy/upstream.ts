import { state, type Stated } from '../../facts/fact.js';
import { upstream } from '../../facts/upstream.js';
import { locate, type Document } from '../../parse/document.js';
import { deploys } from '../deploys.js';
import { carriesRequests, proxiesOf, type HaproxyDocument } from './proxies.js';
import { serversOf, targetsOf } from './servers.js';

/** Names are asked for when HAProxy starts; `resolvers` of a server let it ask again. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  for (const proxy of proxiesOf(document as HaproxyDocument)) {
    const servers = serversOf(proxy);
    const named = servers.filter(({ address }) => isName(address));
    if (
      named.length === 0 ||
      !carriesRequests(
        proxy,
        servers.map(({ address }) => address),
      )
    )
      continue;
    yield state(upstream, locate(document, proxy.section), {
      name: proxy.name,
      targets: targetsOf(servers),
      names: named.every(({ words }) => words.includes('resolvers')) ? 'again' : 'at-start',
      namesRemedy:
        'default-server resolvers docker init-addr libc,none, and resolvers docker with nameserver dns 127.0.0.11:53',
    });
  }
}

function isName(address: string): boolean {
  return !/^(?:[\d.]+(?::\d+)?|\[.*|(?:\w+@)?\/.*|unix@.*|localhost(?::\d+)?|.*[{$<%].*|)$/.test(address);
}
