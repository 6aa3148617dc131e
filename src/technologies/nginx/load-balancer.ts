import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { Program } from '../../link/program.js';
import type { Directive } from '../../parse/nginx/configuration.js';
import { addressesOf, nameOf, passes, serversOf, targetsOf, upstreamsOf } from './passing.js';
import { httpServers, scopesNamed, type Entry, type NginxDocument, type Scope } from './scope.js';
import { environmentNames, isFilledIn } from './variables.js';
import { place, states, viewOf, viewsOf, type View } from './view.js';

export function* fromDocument(document: Document): Generator<Stated> {
  for (const view of viewOf(document as NginxDocument)) yield* balancers(view);
}

export function* fromProgram(program: Program): Generator<Stated> {
  for (const view of viewsOf(program)) yield* balancers(view);
}

function* balancers(view: View): Generator<Stated> {
  const upstreams = upstreamsOf(view.root);
  const names = new Set(upstreams.map(nameOf));
  for (const upstream of upstreams) yield* balancer(upstream, view);
  const seen = new Set<string>();
  for (const server of httpServers(view.root)) {
    for (const { entry, scope } of passes(server)) {
      const address = entry.directive.args[0]?.text ?? '';
      const targets = targetsOf([address], scope, view);
      // An address made of the request's own words leads nowhere in particular.
      if (isUnknown(targets) && !isFilledIn(address)) continue;
      const target = isUnknown(targets) ? undefined : targets[0];
      const key = target ?? address;
      if (seen.has(key) || (target !== undefined && names.has(target))) continue;
      if (!speaks(view, entry, [address])) continue;
      seen.add(key);
      yield state(loadBalancer, place(entry), {
        name: target ?? address,
        affinity: 'none',
        targets,
      });
    }
  }
}

function* balancer(upstream: Scope, view: View): Generator<Stated> {
  const servers = serversOf(upstream);
  const addresses = addressesOf(servers);
  const { head } = upstream;
  if (addresses.length === 0 || head === undefined || !speaks(view, head, addresses)) return;
  const targets = targetsOf(addresses, upstream, view);
  yield state(loadBalancer, place(head), {
    name: nameOf(upstream),
    affinity: affinityOf(upstream),
    targets,
    members: addresses.some(isFilledIn) && isUnknown(targets) ? unknown(targets.unknown) : addresses.length,
    algorithm: algorithmOf(upstream),
    healthChecks: checksOf(upstream, servers, view),
    checkRemedy: 'max_fails=1 fail_timeout=10s, the default',
    // Only the commercial edition has it, so that its absence says nothing.
    ...(servers.some(({ directive }) => has(directive, 'slow_start=')) ? { slowStart: true } : {}),
  });
}

function algorithmOf({ entries }: Scope): 'turns' | 'least-connections' | 'other' {
  const names = new Set(entries.map(({ directive }) => directive.name));
  if (names.has('least_conn')) return 'least-connections';
  return ['ip_hash', 'hash', 'random', 'least_time', 'url_hash', 'fair'].some((name) => names.has(name))
    ? 'other'
    : 'turns';
}

/** A server that a request failed at is left alone for ten seconds, unless `max_fails=0` forbids that. */
function checksOf(upstream: Scope, servers: readonly Entry[], view: View): 'active' | 'passive' | 'none' {
  const asks = ({ entries }: Scope): boolean =>
    entries.some(({ directive }) => /^(?:health_)?check$/.test(directive.name));
  if (asks(upstream) || [...scopesNamed(view.root, 'location')].some(asks)) return 'active';
  return servers.every(({ directive }) => has(directive, 'max_fails=0')) ? 'none' : 'passive';
}

function has({ args }: Directive, start: string): boolean {
  return args.some(({ text }) => text.startsWith(start));
}

/** What the environment fills in, only a component can tell. */
function speaks(view: View, entry: Entry, addresses: readonly string[]): boolean {
  const filled = addresses.some((address) => environmentNames(address).length > 0);
  const search = { entries: [], reach: filled ? ('included' as const) : ('file' as const) };
  return states(view, entry.document, [search], false);
}

type Affinity = 'none' | 'address' | 'cookie' | 'hash';

function affinityOf(upstream: Scope): Maybe<Affinity> {
  for (const { directive } of upstream.entries) {
    if (directive.name === 'ip_hash') return 'address';
    if (/^(?:sticky|session_sticky|sticky_cookie)$/.test(directive.name)) return 'cookie';
    if (directive.name === 'hash') return affinityOfKey(directive.args[0]?.text ?? '');
  }
  return 'none';
}

/** A hash binds a client only where its key is something of the client; by the path of the request it is cache sharding. */
function affinityOfKey(key: string): Affinity {
  if (/\$\{?(?:request_uri|uri|document_uri|request|args|arg_\w+|host|http_host|server_name|msec)\b/.test(key))
    return 'none';
  if (/\$\{?(?:binary_remote_addr|remote_addr|realip_remote_addr|http_x_forwarded_for|http_x_real_ip)\b/.test(key)) {
    return 'address';
  }
  return /\$\{?cookie_/.test(key) ? 'cookie' : 'hash';
}
