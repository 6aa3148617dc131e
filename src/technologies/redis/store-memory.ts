import { state, type Stated } from '../../facts/fact.js';
import { storeMemory } from '../../facts/store-memory.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { settingsOf, type Said } from './settings.js';

const ELSEWHERE = 'the file that it is started with is not in the repository';

/**
 * `maxmemory` is 0, no bound, and `maxmemory-policy` is noeviction where nobody says otherwise,
 * https://redis.io/docs/latest/develop/reference/eviction/
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  const settings = settingsOf(program);
  if (launch.location === undefined || settings === undefined) return;
  const [size, policy] = [settings.says.get('maxmemory'), settings.says.get('maxmemory-policy')];
  const location = size?.location ?? policy?.location ?? settings.start?.location ?? launch.location;
  yield state(storeMemory, location, {
    bound: boundOf(size, settings.open),
    whenFull: whenFullOf(policy, settings.open),
    setting: size === undefined ? 'maxmemory is not set' : `maxmemory ${size.value}`,
    policy: policy === undefined ? 'maxmemory-policy is not set' : `maxmemory-policy ${policy.value}`,
    remedy: '--maxmemory 512mb --maxmemory-policy allkeys-lru',
  });
}

function boundOf(size: Said | undefined, open: boolean): Maybe<'set' | 'none'> {
  if (size === undefined) return open ? unknown(ELSEWHERE, ['set', 'none']) : 'none';
  if (/[$%{]/.test(size.value)) return unknown(`maxmemory is ${size.value.slice(0, 60)}`, ['set', 'none']);
  return /^0+[a-z]{0,2}$/i.test(size.value) ? 'none' : 'set';
}

function whenFullOf(policy: Said | undefined, open: boolean): Maybe<'evicts-any' | 'evicts-expiring' | 'refuses'> {
  if (policy === undefined) return open ? unknown(ELSEWHERE) : 'refuses';
  if (policy.value.startsWith('allkeys-')) return 'evicts-any';
  if (policy.value.startsWith('volatile-')) return 'evicts-expiring';
  return policy.value === 'noeviction' ? 'refuses' : unknown(`maxmemory-policy is ${policy.value.slice(0, 60)}`);
}
