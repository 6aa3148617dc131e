import { isUnknown, unknown, type Maybe } from '../../location.js';
import { PASSES } from './passes.js';
import { scopesNamed, type Entry, type Scope } from './scope.js';
import { outcomes } from './variables.js';
import type { View } from './view.js';

/** Groups of servers that requests are handed to; `stream` has its own, for bytes. */
export function upstreamsOf(root: Scope): Scope[] {
  return [...scopesNamed(root, 'upstream')].filter(({ parent }) => parent?.name === 'http' || parent?.name === '');
}

export function serversOf(upstream: Scope): Entry[] {
  return upstream.entries.filter(
    ({ directive }) => directive.name === 'server' && !directive.args.some((arg) => arg.text === 'down'),
  );
}

export function addressesOf(servers: readonly Entry[]): string[] {
  return servers.map(({ directive }) => directive.args[0]?.text ?? '');
}

export function nameOf(upstream: Scope): string {
  return upstream.head?.directive.args[0]?.text ?? '';
}

/** Where requests are handed on, in a server and the blocks inside of it. */
export function* passes(scope: Scope): Generator<{ entry: Entry; scope: Scope }> {
  for (const entry of scope.entries) {
    if (PASSES.has(entry.directive.name)) yield { entry, scope };
    if (entry.scope !== undefined) yield* passes(entry.scope);
  }
}

/** Host names, ports taken off, in the order of their first mention. */
export function targetsOf(addresses: readonly string[], scope: Scope, view: View): Maybe<readonly string[]> {
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
