import type { Program } from '../link/program.js';

const STORES = /REDIS|VALKEY|KEYDB|UPSTASH|MEMCACHE/i;
const SWITCH = /redis|valkey|memcache|cache|store|memory|local/i;

/**
 * Whether a condition switches a shared store on that nothing here gives an address of: what counts then is the default of the code.
 * A deployment whose variables are not all known may give one.
 */
export function isOffByDefault({ launch }: Program, condition: string): boolean {
  if (!SWITCH.test(condition) || launch.openEnvironment !== undefined) return false;
  return ![...launch.environment.keys()].some((name) => STORES.test(name));
}
