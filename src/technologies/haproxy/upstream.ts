import { state, type Stated } from '../../facts/fact.js';
import { upstream } from '../../facts/upstream.js';
import { locate, type Document } from '../../parse/document.js';
import { deploys } from '../deploys.js';
import { carriesRequests, hasOption, proxiesOf, type HaproxyDocument } from './proxies.js';
import { serversOf, targetsOf } from './servers.js';

/** Without one of these connections are kept: https://docs.haproxy.org/3.2/configuration.html#4-option%20http-server-close */
const CLOSING = /^(?:http-server-close|httpclose|forceclose)$/;

/** Servers for searches and documents, which keep connections for as long as one likes (Solr, Elasticsearch, CouchDB). */
const KEEPING = /:(?:8983|9200|5984)$/;

/** Names are asked for when HAProxy starts; `resolvers` of a server let it ask again. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  for (const proxy of proxiesOf(document as HaproxyDocument)) {
    const servers = serversOf(proxy);
    const addresses = servers.map(({ address }) => address);
    if (servers.length === 0 || !carriesRequests(proxy, addresses)) continue;
    const named = servers.filter(({ address }) => isName(address));
    const closing = hasOption(proxy, CLOSING);
    const common = { name: proxy.name, targets: targetsOf(servers) };
    if (closing !== undefined)
      yield state(upstream, locate(document, closing), {
        ...common,
        connections: addresses.every((address) => KEEPING.test(address)) ? 'lost' : 'not-asked',
        connectionsReason: `option ${closing.args[0]?.text ?? ''} closes it after each answer`,
        connectionsRemedy: 'option http-keep-alive',
      });
    if (named.length > 0)
      yield state(upstream, locate(document, proxy.section), {
        ...common,
        names: named.every(({ words }) => words.includes('resolvers')) ? 'again' : 'at-start',
        namesRemedy:
          'default-server resolvers docker init-addr libc,none, and resolvers docker with nameserver dns 127.0.0.11:53',
      });
  }
}

function isName(address: string): boolean {
  return !/^(?:[\d.]+(?::\d+)?|\[.*|(?:\w+@)?\/.*|unix@.*|localhost(?::\d+)?|.*[{$<%].*|)$/.test(address);
}
