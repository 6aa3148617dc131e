import { unknown, type Maybe } from '../../location.js';
import type { Line } from '../../parse/haproxy/sections.js';
import { lineOf, type Proxy } from './proxies.js';
import type { Server } from './servers.js';

type Affinity = 'none' | 'address' | 'cookie' | 'hash';

export interface Bound {
  readonly value: Maybe<Affinity>;
  /** The line that says so. */
  readonly line?: Line;
}

/** What binds a client to a server: a cookie that HAProxy sets, a table of who was where, or the way it chooses. */
export function affinityOf(proxy: Proxy, servers: readonly Server[]): Bound {
  const cookie = lineOf(proxy, 'cookie');
  const isNamed = servers.some(({ words }) => words.includes('cookie'));
  if (cookie !== undefined && (isNamed || cookie.args.some(({ text }) => text === 'dynamic')))
    return { value: 'cookie', line: cookie };
  const old = lineOf(proxy, 'appsession');
  if (old !== undefined) return { value: 'cookie', line: old };
  const stick = proxy.section.lines.find(
    ({ keyword, args }) => keyword === 'stick' && /^(?:on|match)$/.test(args[0]?.text ?? ''),
  );
  if (stick !== undefined) return { value: ofKey(stick.args[1]?.text ?? ''), line: stick };
  const balance = lineOf(proxy, 'balance');
  const value = balance === undefined ? 'none' : ofBalance(balance);
  return balance === undefined || value === 'none' ? { value } : { value, line: balance };
}

/** By the path of the request (`uri`, `path`) it is sharding of a cache and binds nobody. */
function ofBalance(line: Line): Maybe<Affinity> {
  const [word = '', key = ''] = line.args.map(({ text }) => text);
  if (word === 'source') return 'address';
  if (word.startsWith('rdp-cookie')) return 'cookie';
  if (word === 'url_param') return 'hash';
  if (word.startsWith('hdr')) return ofKey(word.replace(/^hdr/, 'req.hdr'));
  if (word === 'hash') return ofKey(key);
  return /\{\{|\{%|<%|\$/.test(word) ? unknown('filled in by a template') : 'none';
}

function ofKey(key: string): Affinity {
  if (/^(?:src|req\.hdr(?:_ip)?\(x-(?:forwarded-for|real-ip)\b)/i.test(key)) return 'address';
  if (/cook/i.test(key)) return 'cookie';
  return /^(?:path|url|uri|base|method|req\.hdr\(host\b|rand|int|bool|str)/i.test(key) ? 'none' : 'hash';
}
