import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Line } from '../../parse/caddyfile/lines.js';
import { deploys } from '../deploys.js';
import { everything, isFilledIn, sitesOf, words, type CaddyDocument } from './sites.js';

/** `reverse_proxy` and `php_fastcgi`, each with the servers that it names. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const seen = new Set<number>();
  for (const { lines } of sitesOf(document as CaddyDocument)) {
    for (const { line } of everything(lines)) {
      if (!/^(?:reverse_proxy|php_fastcgi)$/.test(words(line)[0] ?? '') || seen.has(line.start)) continue;
      seen.add(line.start);
      yield* balancer(document, line);
    }
  }
}

function* balancer(document: Document, line: Line): Generator<Stated> {
  const inside = line.block ?? [];
  const option = (name: string): Line | undefined => inside.findLast((one) => words(one)[0] === name);
  const [, ...given] = words(line);
  const addresses = [
    ...(/^[/*@]/.test(given[0] ?? '') ? given.slice(1) : given),
    ...inside.filter((one) => words(one)[0] === 'to').flatMap((one) => words(one).slice(1)),
  ];
  const dynamic = option('dynamic');
  const targets = targetsOf(dynamic === undefined ? addresses : words(dynamic).slice(2, 3));
  const policy = option('lb_policy');
  const [, how = 'random'] = policy === undefined ? [] : words(policy);
  if (addresses.length === 0 && dynamic === undefined) return;
  const active = ['health_uri', 'health_path', 'health_port'].some((name) => option(name) !== undefined);
  yield state(
    loadBalancer,
    locate(document, { start: line.start, end: line.headEnd }),
    {
      name: addresses[0] ?? words(dynamic ?? line).at(2) ?? 'reverse_proxy',
      affinity: affinityOf(how),
      targets,
      // What names stand for is asked for again and again; how many that are, nobody says.
      ...(dynamic === undefined ? { members: addresses.length } : {}),
      algorithm: how === 'least_conn' ? 'least-connections' : how === 'round_robin' ? 'turns' : 'other',
      healthChecks: active ? 'active' : option('fail_duration') === undefined ? 'none' : 'passive',
      checkRemedy: 'health_uri /health and fail_duration 30s in its block',
    },
    [],
    policy === undefined ? {} : { affinity: locate(document, { start: policy.start, end: policy.headEnd }) },
  );
}

function affinityOf(policy: string): 'none' | 'address' | 'cookie' | 'hash' {
  if (policy === 'ip_hash' || policy === 'client_ip_hash') return 'address';
  if (policy === 'cookie') return 'cookie';
  return policy === 'header' || policy === 'query' ? 'hash' : 'none';
}

function targetsOf(addresses: readonly string[]): Maybe<readonly string[]> {
  const open = addresses.find(isFilledIn);
  if (open !== undefined) return unknown(`the environment or a template fills in ${open}`);
  return [...new Set(addresses.map(hostOf))];
}

/** `web:8000`, `http://web`, `unix//run/app.sock`, `h2c://[::1]:80`. */
function hostOf(address: string): string {
  if (address.startsWith('unix/')) return `unix:${address.slice(5)}`;
  const authority = address.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');
  return authority.startsWith('[') ? authority.slice(1, authority.indexOf(']')) : authority.replace(/:[^:]*$/, '');
}
