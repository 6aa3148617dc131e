import type { EnvironmentVariable, Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';

/** Where no server of anybody is: https://www.rfc-editor.org/rfc/rfc2606#section-2 */
export const ANY_SERVER = 'server.invalid';

/** Servers beside the database that an application can do without. */
const SERVER = /(?:^|_)(REDIS|VALKEY|MEMCACHED?)(?:_[A-Z]{1,20}){0,2}_(URL|URI|HOST|LOCATION|SERVERS?)$/;

/** Variables that settings ask for such a server, which nothing sets, with an address that none has. */
export function optionalServers(
  { launch }: Program,
  names: ReadonlyMap<string, Value>,
): ReadonlyMap<string, EnvironmentVariable> {
  const found = new Map<string, EnvironmentVariable>();
  if (launch.location !== undefined) return found;
  for (const value of names.values())
    for (const name of value.origin.variables) {
      const [, product, part = ''] = SERVER.exec(name) ?? [];
      if (product === undefined || launch.environment.has(name)) continue;
      const scheme = product.startsWith('MEMCACHE') ? 'memcache' : 'redis';
      found.set(name, { value: /^UR[LI]$/.test(part) ? `${scheme}://${ANY_SERVER}:6379` : ANY_SERVER });
    }
  return found;
}
