import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { Directive } from '../../parse/apache/directives.js';
import { deploys } from '../deploys.js';
import { everything, isFilledIn, parametersOf, words, type ApacheDocument, type Placed } from './sections.js';

/** `<Proxy balancer://web>` with its members, and paths that are handed to one server. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const all = [...everything((document as ApacheDocument).tree.directives)];
  const balancers = all.filter(({ directive }) => directive.name === 'proxy' && isBalancer(directive));
  for (const { directive } of balancers) yield* ofBalancer(document, directive, all);
  const seen = new Set<string>();
  for (const placed of all) {
    const address = addressOf(placed);
    const host = address === undefined ? undefined : hostOf(address);
    if (address === undefined || host === undefined || seen.has(host)) continue;
    seen.add(host);
    const targets = isFilledIn(address)
      ? unknown<readonly string[]>(`filled in before Apache reads it: ${host}`)
      : [host];
    yield state(loadBalancer, locate(document, range(placed.directive)), { name: host, affinity: 'none', targets });
  }
}

function range({ start, headEnd }: Directive): Range {
  return { start, end: headEnd };
}

function isBalancer({ args }: Directive): boolean {
  return args[0]?.text.startsWith('balancer://') === true;
}

function* ofBalancer(document: Document, section: Directive, all: readonly Placed[]): Generator<Stated> {
  const name = section.args[0]?.text ?? '';
  const inside = [...everything(section.block ?? [])].map(({ directive }) => directive);
  const members = inside
    .filter((one) => one.name === 'balancermember')
    // `+H` only waits, `+D` is taken out.
    .filter((one) => !/[Dd]/.test(parametersOf(words(one)).get('status') ?? ''));
  if (members.length === 0) return;
  const passing = all
    .map(({ directive }) => directive)
    .filter((one) => /^proxypass(?:match)?$/.test(one.name) && one.args.some(({ text }) => text.startsWith(name)));
  const set = [...inside.filter((one) => one.name === 'proxyset'), ...passing];
  const told = (key: string): Directive | undefined => set.findLast((one) => parametersOf(words(one)).has(key));
  const sticky = told('stickysession');
  // Without routes of its members a cookie leads nowhere.
  const isBound = sticky !== undefined && members.some((one) => parametersOf(words(one)).has('route'));
  const method = told('lbmethod');
  const how = method === undefined ? 'byrequests' : (parametersOf(words(method)).get('lbmethod') ?? '');
  const addresses = members.map((one) => words(one).find((word) => /^\w+:\/\//.test(word) || isFilledIn(word)) ?? '');
  yield state(
    loadBalancer,
    locate(document, range(section)),
    {
      ...{
        name: name.replace('balancer://', ''),
        affinity: isBound ? 'cookie' : 'none',
        targets: targetsOf(addresses),
      },
      members: (document as ApacheDocument).tree.templated
        ? unknown('a template decides how many members there are')
        : members.length,
      algorithm: how === 'bybusyness' ? 'least-connections' : how === 'byrequests' ? 'turns' : 'other',
      // Without one it leaves a member alone for a minute after a connection to it failed.
      healthChecks: members.some((one) => parametersOf(words(one)).has('hcmethod')) ? 'active' : 'passive',
      checkRemedy: 'hcmethod=GET hcuri=/health at each BalancerMember',
    },
    [],
    sticky !== undefined && isBound ? { affinity: locate(document, range(sticky)) } : {},
  );
}

function targetsOf(addresses: readonly string[]): Maybe<readonly string[]> {
  const open = addresses.find(isFilledIn);
  if (open !== undefined) return unknown('filled in before Apache reads it');
  return [...new Set(addresses.map((address) => hostOf(address) ?? address))];
}

/** Where a directive hands requests: `ProxyPass / http://web:8000/`, `RewriteRule ^ http://web/ [P]`, a handler of FastCGI. */
function addressOf({ directive, within }: Placed): string | undefined {
  const all = words(directive);
  if (/^proxypass(?:match)?$/.test(directive.name)) {
    // Inside of <Location> the path is that of the section.
    const inLocation = within.some(({ name }) => /^location(?:match)?$/.test(name));
    const address = inLocation ? (all.find((word) => word.includes('://')) ?? '') : (all[1] ?? '');
    return /^(?:https?|h2c?|ajp|fcgi|uwsgi|scgi|unix):/.test(address) ? address : undefined;
  }
  if (directive.name === 'rewriterule' && /\[(?:[^\]]*,)?P(?:,[^\]]*)?\]/.test(all.at(-1) ?? ''))
    return /^https?:/.test(all[1] ?? '') ? all[1] : undefined;
  if (directive.name === 'sethandler') return /^proxy:((?:fcgi|uwsgi|http):\/\/.*)$/.exec(all[0] ?? '')?.[1];
  return undefined;
}

function hostOf(address: string): string | undefined {
  if (address.startsWith('unix:')) return `unix:${address.slice(5).replace(/\|.*$/, '')}`;
  const authority = address.replace(/^\w+:\/\//, '').replace(/[/|].*$/, '');
  // `%{HTTP_HOST}` and `$1` are words of the request.
  if (authority === '' || authority.startsWith('%') || /^\$\d/.test(authority)) return undefined;
  return authority.startsWith('[') ? authority.slice(1, authority.indexOf(']')) : authority.replace(/:[^:]*$/, '');
}
