import { unknown, type Maybe } from '../../location.js';
import type { Scope } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { text, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { isConditional } from './switches.js';

export interface NetworkPlace {
  readonly scope: Maybe<Scope>;
  readonly host: Maybe<string>;
}

/** PgBouncer's and Odyssey's usual port: what listens there on loopback hands connections on to another machine. */
const POOLER_PORT = '6432';

/**
 * Who reaches the server at an address. One on the own machine serves that machine only, but an address that a
 * variable can change says no more than what happens where nobody sets it.
 */
export function networkPlace(program: Program, address: Value, setting: string, port?: string): NetworkPlace {
  const possible = alternatives(address);
  if (possible === undefined) {
    const reason = reasonFor(address, setting);
    return { scope: isGiven(address) ? 'cluster' : unknown(reason, ['host', 'cluster']), host: unknown(reason) };
  }
  const places = possible.map((value) => known(program, value, setting, port));
  const reason = reasonFor(address, setting);
  return {
    scope: combine(
      places.map((place) => place.scope),
      reason,
    ),
    host: combine(
      places.map((place) => place.host),
      reason,
    ),
  };
}

function known(program: Program, value: Value, setting: string, port: string | undefined): NetworkPlace {
  const host = value.kind === 'none' ? '' : text(value);
  if (host === undefined) {
    const reason = reasonFor(value, setting);
    return { scope: unknown(reason, ['host', 'cluster']), host: unknown(reason) };
  }
  if (!isLoopback(host)) return { scope: 'cluster', host };
  const shown = host === '' ? 'localhost' : host;
  if (port === POOLER_PORT)
    return {
      scope: unknown(
        `port ${POOLER_PORT} of ${shown} is a connection pooler in front of a server that is not named here`,
        ['host', 'cluster'],
      ),
      host: shown,
    };
  const variable = addressVariable(value);
  if (variable === undefined) {
    const place = value.origin.locations.find((location) => isConditional(program, location));
    if (place === undefined) return { scope: 'host', host: shown };
    const reason = `${setting} is ${shown} only under a condition (${place.uri}:${place.region.startLine})`;
    return { scope: unknown(reason, ['host', 'cluster']), host: shown };
  }
  const set = program.launch.environment.get(variable);
  const reason =
    set === undefined
      ? `${setting} is ${shown} where ${variable} is not set, and nothing in the repository sets it`
      : `${setting} is ${shown} by ${variable}, which may be a proxy to another machine`;
  return { scope: unknown(reason, ['host', 'cluster']), host: shown };
}

/** An address that a variable must give is a server somewhere: nobody deploys a variable to name the own machine. */
function isGiven(address: Value): boolean {
  const { variables } = address.origin;
  return variables.length > 0 && variables.every((variable) => ADDRESS.test(variable));
}

const ADDRESS = /HOST|UR[IL]|ADDR|ENDPOINT|DSN|SERVER|LOCATION|PORT|REDIS|MEMCACHE|DATABASE|DB/;

/** Of the variables that an address depends on the one that most likely holds it. */
export function addressVariable(address: Value): string | undefined {
  const { variables } = address.origin;
  return variables.find((variable) => /HOST|UR[IL]|ADDR|ENDPOINT|DSN|SERVER/.test(variable)) ?? variables[0];
}

/** The own machine: by name, by address, or a unix socket. Google's Cloud SQL proxy offers remote servers as sockets. */
export function isLoopback(host: string): boolean {
  if (/^(unix:|@|\/(?!cloudsql\/))/.test(host)) return true;
  return /^(|localhost|localhost\.localdomain|127(\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0)$/i.test(host);
}

/** The host name of an address as caches take it: `redis://user@cache:6379/1`, `10.0.0.1:11211`, `unix:/run/x.sock`. */
export function hostOf(address: string): { host: string; port?: string } {
  const url = /^[a-z][a-z+.-]*:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?/i.exec(address);
  if (/^(unix|redis\+socket|rediss?\+socket):/i.test(address)) return { host: 'unix:' };
  const match = url ?? /^(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(address);
  if (address.startsWith('/')) return { host: address };
  const [, host = '', port] = match ?? [];
  return port === undefined ? { host } : { host, port };
}
