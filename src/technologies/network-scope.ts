import type { Scope } from '../facts/fact.js';
import type { Program } from '../link/program.js';
import { text, type Value } from '../link/value.js';
import { unknown, type Maybe } from '../location.js';
import { alternatives, combine, reasonFor } from './alternatives.js';

/**
 * Who reaches a server at an address (a URL, a host name, the path of a socket). One on the own machine serves that machine
 * only, but what a variable can change says no more than what happens where nobody sets it.
 */
export function networkScope(program: Program, address: Value, setting: string): Maybe<Scope> {
  const possible = alternatives(address);
  const open: Maybe<Scope> = unknown<Scope>(reasonFor(address, setting), ['host', 'cluster']);
  if (possible === undefined) return isGiven(address) ? 'cluster' : open;
  return combine(
    possible.map((value): Maybe<Scope> => {
      // Without an address clients connect to the own machine; but nobody deploys a variable to name that.
      const written = value.kind === 'none' ? '' : text(value);
      if (written === undefined) return isGiven(value) ? 'cluster' : open;
      if (!isLoopback(hostOf(written))) return 'cluster';
      const variable = addressVariable(value);
      if (variable === undefined) return 'host';
      if (value.kind === 'none') return 'cluster';
      const shown = hostOf(written) || 'localhost';
      return unknown<Scope>(
        program.launch.environment.has(variable)
          ? `${setting} is ${shown} by ${variable}, which may be a proxy to another machine`
          : `${setting} is ${shown} where ${variable} is not set, and nothing in the repository sets it`,
        ['host', 'cluster'],
      );
    }),
    reasonFor(address, setting),
  );
}

const ADDRESS = /HOST|UR[IL]|ADDR|ENDPOINT|DSN|SERVER|LOCATION|PORT|REDIS|MEMCACHE|DATABASE|DB|MONGO|CONNECTION/i;

/** An address that a variable must give is a server somewhere. */
function isGiven({ origin: { variables } }: Value): boolean {
  return variables.length > 0 && variables.some((variable) => ADDRESS.test(variable));
}

function addressVariable({ origin: { variables } }: Value): string | undefined {
  return variables.find((variable) => ADDRESS.test(variable)) ?? variables[0];
}

function isLoopback(host: string): boolean {
  // Google's Cloud SQL proxy offers servers elsewhere as sockets.
  if (/^(unix:|@|\/(?!cloudsql\/))/.test(host)) return true;
  return /^(|localhost|127(\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0)$/i.test(host);
}

/** `redis://user@cache:6379/1`, `mongodb://a,b/shop`, `10.0.0.1:11211`, `unix:/run/x.sock`: the (first) host. */
function hostOf(address: string): string {
  if (/^(?:unix|redis\+socket|rediss\+socket):/i.test(address) || address.startsWith('/')) return address;
  if (/^file:|\.sock$/i.test(address)) return `unix:${address}`;
  const url = /^[a-z][a-z+.-]*:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#,]*)/i.exec(address);
  return (url ?? /^(\[[^\]]*\]|[^:/,]*)/.exec(address))?.[1] ?? '';
}
