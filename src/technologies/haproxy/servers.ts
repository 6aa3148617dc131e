import { unknown, type Maybe } from '../../location.js';
import type { Line } from '../../parse/haproxy/sections.js';
import type { Proxy } from './proxies.js';

/** A server that a section hands requests to; a `server-template` stands for several. */
export interface Server {
  readonly line: Line;
  readonly address: string;
  readonly count: number;
  /** Parameters, the section's default-server and that of its defaults before its own. */
  readonly words: readonly string[];
}

const TAG = /\{\{|\{%|<%/;
const VARIABLE = /\$\{?\w/;

export function serversOf({ section, defaults }: Proxy): Server[] {
  const before = [...(defaults?.lines ?? []), ...section.lines]
    .filter(({ keyword }) => keyword === 'default-server')
    .flatMap(({ args }) => args.map(({ text }) => text));
  return section.lines.flatMap((line): Server[] => {
    const words = line.args.map(({ text }) => text);
    const [, second = '', third = ''] = words;
    if (line.keyword === 'server')
      return isDisabled(words) ? [] : [{ line, address: second, count: 1, words: [...before, ...words.slice(2)] }];
    if (line.keyword !== 'server-template') return [];
    return [{ line, address: third, count: countOf(second), words: [...before, ...words.slice(3)] }];
  });
}

function isDisabled(words: readonly string[]): boolean {
  return words.lastIndexOf('disabled') > words.lastIndexOf('enabled');
}

/** `5` or `1-5`. */
function countOf(range: string): number {
  const [, from = '1', to] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(range) ?? [];
  return to === undefined ? Number(from) : Math.max(Number(to) - Number(from) + 1, 1);
}

/** Whether a parameter holds for a server: the last of `check` and `no-check` counts. */
export function isSet(server: Server, name: string): boolean {
  return server.words.lastIndexOf(name) > server.words.lastIndexOf(`no-${name}`);
}

export function membersOf({ section }: Proxy, servers: readonly Server[]): Maybe<number> {
  if (section.templated || servers.some(({ address }) => TAG.test(address)))
    return unknown('a template decides how many servers there are');
  return servers.reduce((sum, { count }) => sum + count, 0);
}

/** Host names without ports, in the order of their first mention. */
export function targetsOf(servers: readonly Server[]): Maybe<readonly string[]> {
  const addresses = servers.map(({ address }) => address);
  const open = addresses.find((address) => TAG.test(address) || VARIABLE.test(address));
  if (open !== undefined)
    return unknown(TAG.test(open) ? 'filled in by a template' : `the environment fills in ${open}`);
  return [...new Set(addresses.map(hostOf))];
}

/** `ipv4@web:80`, `[::1]:80`, `unix@/run/app.sock`, and `_http._tcp.web.service` of SRV records. */
function hostOf(address: string): string {
  const plain = address.replace(/^(?:ipv[46]|udp[46]?|tcp[46]?|quic[46]|fd|sockpair)@/, '');
  if (plain.startsWith('unix@') || plain.startsWith('/')) return `unix:${plain.replace(/^unix@/, '')}`;
  if (plain.startsWith('[')) return plain.slice(1, plain.indexOf(']'));
  return plain.replace(/:[^:]*$/, '').replace(/^_[\w-]+\._(?:tcp|udp)\./, '');
}
