import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Statement } from '../../parse/vcl/statements.js';
import { deploys } from '../deploys.js';
import { groupsOf, type Group } from './backends.js';
import { written, type VclDocument } from './program.js';

export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const vcl = document as VclDocument;
  for (const group of groupsOf(vcl)) {
    const { name, statement, backends } = group;
    const place = locate(document, { start: statement.start, end: statement.headEnd });
    yield state(loadBalancer, place, {
      ...{ name, affinity: affinityOf(group, vcl), targets: targetsOf(group) },
      members: vcl.tree.templated ? unknown('a template decides how many backends there are') : backends.length,
      algorithm: group.kind === 'round_robin' ? 'turns' : 'other',
      healthChecks: backends.some(({ asked }) => asked) ? 'active' : 'none',
      checkRemedy: '.probe = { .url = "/health"; .interval = 5s; } in each backend',
    });
  }
}

/** Host names in the order of their first mention. */
export function targetsOf({ backends }: Group): Maybe<readonly string[]> {
  const hosts = backends.flatMap(({ host }) => host ?? []);
  const open = hosts.find((host) => isUnknown(host));
  if (isUnknown(open)) return unknown(open.unknown);
  return [...new Set(hosts.flatMap((host) => (isUnknown(host) ? [] : host.replace(/:\d+$/, ''))))];
}

/** A director by hash binds clients only where its key is something of theirs; by address it is sharding of the cache. */
function affinityOf({ name, kind }: Group, document: VclDocument): 'none' | 'address' | 'cookie' | 'hash' {
  if (kind === 'client') return 'address';
  if (kind !== 'hash' && kind !== 'shard') return 'none';
  const key = callsOf(document.tree.statements, `${name}.backend`).map(written).join(' ');
  if (/client\.(?:ip|identity)|X-(?:Forwarded-For|Real-IP)/i.test(key)) return 'address';
  if (/cookie/i.test(key)) return 'cookie';
  return /req\.url|req\.http\.host/i.test(key) || kind === 'shard' ? 'none' : 'hash';
}

function callsOf(statements: readonly Statement[], name: string): Statement[] {
  return statements.flatMap((one) => [
    ...(one.words.some(({ text }) => text === name) ? [one] : []),
    ...callsOf(one.block ?? [], name),
  ]);
}
