import { state, type Stated } from '../../facts/fact.js';
import { storeConnection } from '../../facts/store-connection.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { runningOf } from '../running.js';
import { technology } from './index.js';

/** Variables of one component beyond this say nothing new. */
const MOST = 20;
const URL = /^(?:rediss?|valkeys?|keydb|memcached?):\/\/(?:[^@/]{0,500}@)?([A-Za-z0-9][\w.-]{0,252})/;
const NAMES_HOST =
  /^(?:\w{1,60}_)?(?:REDIS|VALKEY|KEYDB|MEMCACHED?)(?:_\w{1,40})?_(?:HOST|HOSTNAME|SERVERS?|ADDR|ADDRESS|LOCATION|ENDPOINT)$/;

/**
 * A server that only the environment of a component names: `REDIS_URL=redis://cache:6379/0`. What it is used for is told by
 * the name of the variable, if by anything.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  if (runningOf([technology], launch).length > 0) return;
  let found = 0;
  for (const [name, { value, location }] of launch.environment) {
    if (isUnknown(value) || location === undefined || value.length > 1_000) continue;
    const bare = NAMES_HOST.test(name)
      ? /^([A-Za-z0-9][\w.-]{0,252})(?::\d{1,5})?$/.exec(value.trim())?.[1]
      : undefined;
    const host = URL.exec(value.trim())?.[1] ?? bare;
    if (host === undefined || ++found > MOST) continue;
    yield state(storeConnection, location, { name, host, keeps: keepsBy(name), said: 'environment' });
  }
}

function keepsBy(name: string): Maybe<'copies' | 'originals'> {
  if (/BROKER|QUEUE|CELERY|SIDEKIQ|BULL|RESQUE|JOB|WORKER|SESSION|LOCK|CHANNEL|SOCKET|PUBSUB|RESULT/.test(name))
    return 'originals';
  if (name.replace(/MEMCACHED?/, '').includes('CACHE')) return 'copies';
  if (name.includes('MEMCACHE')) return 'copies';
  return unknown(`what is kept behind ${name} is not told`, ['copies', 'originals']);
}
