import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { Program } from '../../link/program.js';
import { PASSES } from './passes.js';
import { httpServers, scopesNamed, type Entry, type NginxDocument, type Scope } from './scope.js';
import { environmentNames, isFilledIn, outcomes } from './variables.js';
import { place, states, viewOf, viewsOf, type View } from './view.js';

export function* fromDocument(document: Document): Generator<Stated> {
  for (const view of viewOf(document as NginxDocument)) yield* balancers(view);
}

export function* fromProgram(program: Program): Generator<Stated> {
  for (const view of viewsOf(program)) yield* balancers(view);
}

function* balancers(view: View): Generator<Stated> {
  const upstreams = [...scopesNamed(view.root, 'upstream')].filter(
    ({ parent }) => parent?.name === 'http' || parent?.name === '',
  );
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
  const servers = upstream.entries.filter(
    ({ directive }) => directive.name === 'server' && !directive.args.some((arg) => arg.text === 'down'),
  );
  const addresses = servers.map(({ directive }) => directive.args[0]?.text ?? '');
  const { head } = upstream;
  if (addresses.length === 0 || head === undefined || !speaks(view, head, addresses)) return;
  const targets = targetsOf(addresses, upstream, view);
  yield state(loadBalancer, place(head), {
    name: nameOf(upstream),
    affinity: affinityOf(upstream),
    targets,
  });
}

/** What the environment fills in, only a component can tell. */
function speaks(view: View, entry: Entry, addresses: readonly string[]): boolean {
  const filled = addresses.some((address) => environmentNames(address).length > 0);
  const search = { entries: [], reach: filled ? ('included' as const) : ('file' as const) };
  return states(view, entry.document, [search], false);
}

function nameOf(upstream: Scope): string {
  return upstream.head?.directive.args[0]?.text ?? '';
}

function* passes(scope: Scope): Generator<{ entry: Entry; scope: Scope }> {
  for (const entry of scope.entries) {
    if (PASSES.has(entry.directive.name)) yield { entry, scope };
    if (entry.scope !== undefined) yield* passes(entry.scope);
  }
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

/** Host names, ports taken off, in the order of their first mention. */
function targetsOf(addresses: readonly string[], scope: Scope, view: View): Maybe<readonly string[]> {
  const targets = new Set<string>();
  for (const address of addresses) {
    const socket = /unix:\/*([^:]*)/.exec(address)?.[1];
    if (socket !== undefined) {
      targets.add(`unix:/${socket}`);
      continue;
    }
    const values = outcomes(authorityOf(address), scope, view);
    if (isUnknown(values)) return unknown(values.unknown);
    for (const value of values) targets.add(hostOf(authorityOf(value)));
  }
  return [...targets];
}

/** `http://$backend$request_uri` and `http://app:8000/path` lead where their first part says, whatever follows it. */
function authorityOf(address: string): string {
  return address
    .replace(/^\w+:\/\//, '')
    .replace(/\/.*$/, '')
    .replace(/\$(?:request_uri|uri|is_args|args)\b.*$/, '');
}

function hostOf(authority: string): string {
  return authority.startsWith('[') ? authority.slice(1, authority.indexOf(']')) : authority.replace(/:[^:]*$/, '');
}
