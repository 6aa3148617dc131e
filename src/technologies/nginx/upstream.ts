import { state, type Stated } from '../../facts/fact.js';
import { upstream as kind } from '../../facts/upstream.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Directive } from '../../parse/nginx/configuration.js';
import { addressesOf, nameOf, passes, serversOf, targetsOf, upstreamsOf } from './passing.js';
import { httpServers, lookup, named, type Entry, type Scope } from './scope.js';
import { outcomes } from './variables.js';
import { keepsByDefault } from './version.js';
import { place, viewsOf, type View } from './view.js';

type Connections = 'kept' | 'not-asked' | 'lost';

/** Which version runs decides, so that only components tell, never a file alone. */
export function* fromProgram(program: Program): Generator<Stated> {
  for (const view of viewsOf(program)) {
    const upstreams = upstreamsOf(view.root);
    const byName = new Map(upstreams.map((one) => [nameOf(one), one]));
    const seen = new Set<string>();
    const calls = [...httpServers(view.root)].flatMap((server) => [...passes(server)]);
    for (const upstream of upstreams) yield* ofUpstream(upstream, calls, view, program);
    for (const { entry, scope } of calls) {
      const address = entry.directive.args[0]?.text ?? '';
      const host = addressOf(address);
      const targets = targetsOf([address], scope, view);
      // A variable is asked for with each request, as often as the resolver has forgotten it.
      if (byName.has(host) || isAskedAgain(address) || isUnknown(targets) || seen.has(host)) continue;
      seen.add(host);
      const names = isName(host) ? 'at-start' : undefined;
      if (names === undefined || entry.document.path === '') continue;
      // Without a group nothing is kept, whatever the version: https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive
      const asked = entry.directive.name === 'proxy_pass' && !isForSockets(scope);
      yield state(kind, place(entry), {
        ...{ name: host, targets, names },
        ...(asked
          ? {
              connections: 'not-asked',
              connectionsReason: 'it stands in proxy_pass itself, and only a group of servers (upstream) keeps some',
              connectionsRemedy: `upstream app { server ${host}; keepalive 32; } and proxy_pass http://app; with proxy_http_version 1.1; and proxy_set_header Connection "";`,
            }
          : {}),
        namesRemedy: `resolver 127.0.0.11 valid=10s; set $upstream ${host}; and $upstream in ${entry.directive.name}`,
      });
    }
  }
}

interface Call {
  readonly entry: Entry;
  readonly scope: Scope;
}

function* ofUpstream(upstream: Scope, calls: readonly Call[], view: View, program: Program): Generator<Stated> {
  const { head } = upstream;
  const servers = serversOf(upstream);
  const addresses = addressesOf(servers);
  if (head === undefined || head.document.path === '' || addresses.length === 0) return;
  const using = calls.filter(
    ({ entry, scope }) =>
      entry.directive.name === 'proxy_pass' &&
      !isForSockets(scope) &&
      addressOf(entry.directive.args[0]?.text ?? '') === nameOf(upstream),
  );
  const connections = using.length === 0 ? undefined : connectionsOf(upstream, using, view, keepsByDefault(program));
  const names = namesOf(servers.map(({ directive }) => directive));
  if (connections === undefined && names === undefined) return;
  yield state(kind, place(head), {
    name: nameOf(upstream),
    targets: targetsOf(addresses, upstream, view),
    ...(connections === undefined
      ? {}
      : {
          connections: connections.value,
          connectionsReason: connections.reason,
          connectionsRemedy: connections.remedy,
        }),
    ...(names === undefined
      ? {}
      : { names, namesRemedy: 'zone upstreams 64k; resolver 127.0.0.11 valid=10s; server name:port resolve;' }),
  });
}

interface Connection {
  readonly value: Maybe<Connections>;
  readonly reason: string;
  readonly remedy: string;
}

const REMEDY =
  'keepalive 32; in the upstream, proxy_http_version 1.1; and proxy_set_header Connection ""; where it is used';

function connectionsOf(upstream: Scope, using: readonly Call[], view: View, byDefault: Maybe<boolean>): Connection {
  const told = upstream.entries.findLast(({ directive }) => directive.name === 'keepalive')?.directive.args[0]?.text;
  const hindrance = using.map(({ scope }) => hindranceOf(scope, view));
  const always = hindrance.every((one) => one === 'always');
  const old = hindrance.every((one) => one !== undefined);
  const reason =
    told === undefined ? 'the upstream has no keepalive' : 'keepalive is set, but each request still asks to close';
  if (told === '0') return { value: 'not-asked', reason: 'keepalive 0 turns it off', remedy: 'keepalive 32;' };
  if (always) {
    const value = told === undefined ? 'not-asked' : 'lost';
    return {
      value,
      reason: `${told === undefined ? 'the upstream has no keepalive, and' : 'keepalive is set, but'} the Connection header or HTTP/1.0 closes each of them`,
      remedy: REMEDY,
    };
  }
  const before: Connections = told === undefined ? 'not-asked' : old ? 'lost' : 'kept';
  if (before === 'kept') return { value: 'kept', reason: 'keepalive is set', remedy: '' };
  if (!isUnknown(byDefault))
    return byDefault
      ? { value: 'kept', reason: 'this version keeps them by itself', remedy: '' }
      : { value: before, reason, remedy: REMEDY };
  return { value: unknown(byDefault.unknown, ['kept', before]), reason, remedy: REMEDY };
}

/**
 * What closes a connection after each request in a location: `always` in any version (HTTP/1.0, or a Connection header that
 * is never empty), `default` before 1.29.7, where nothing is said.
 */
function hindranceOf(scope: Scope, view: View): 'always' | 'default' | undefined {
  const version = lookup(scope, named('proxy_http_version')).entries.at(-1)?.directive.args[0]?.text;
  const headers = lookup(scope, named('proxy_set_header')).entries;
  const header = headers.find(({ directive }) => directive.args[0]?.text.toLowerCase() === 'connection');
  const value = header?.directive.args[1]?.text;
  // The map of the manual for WebSockets gives 'close' to what is none.
  const values = value === undefined ? [] : outcomes(value, scope, view);
  const closes = !isUnknown(values) && values.length > 0 && values.every((one) => /^(?:close|upgrade)$/i.test(one));
  if (version === '1.0' || closes) return 'always';
  if (version === '2') return undefined;
  return version === '1.1' && value !== undefined ? undefined : 'default';
}

/** A location for WebSockets alone keeps each connection for one client anyway. */
function isForSockets({ head }: Scope): boolean {
  return /\b(?:ws|wss|websockets?|sockets?|socket\.io|sockjs|cable|hubs?|live)\b/i.test(
    head?.directive.args.map(({ text }) => text).join(' ') ?? '',
  );
}

/** `http://$backend`, and not `http://${API_HOST}`, which a script fills in before nginx starts. */
function isAskedAgain(address: string): boolean {
  return address.replace(/\$\{?[A-Z][A-Z0-9_]*\b\}?/g, '').includes('$');
}

function addressOf(address: string): string {
  return address.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');
}

/** Undefined where all are addresses or sockets. */
function namesOf(servers: readonly Directive[]): 'at-start' | 'again' | undefined {
  const named = servers.filter(({ args }) => isName(args[0]?.text ?? ''));
  if (named.length === 0) return undefined;
  return named.every(({ args }) => args.some(({ text }) => text === 'resolve')) ? 'again' : 'at-start';
}

function isName(address: string): boolean {
  const host = address.replace(/:\d+$/, '');
  return !/^(?:[\d.]+|\[.*|unix:.*|localhost|.*[{$<%].*|)$/.test(host);
}
