import type { Program } from '../../link/program.js';
import type { Purpose } from './state-purpose.js';

type Stack = 'django' | 'other';

function stackOf(program: Program): Stack {
  return program.dependencies.some(({ name }) => name === 'django') ? 'django' : 'other';
}

/** Where the state can live instead, in the words of the framework; the cache of Django is shared once it stands in Redis. */
const KEEPING: Record<Stack, Record<Purpose, string>> = {
  django: {
    cache: 'cache.get_or_set(key, load, timeout) of django.core.cache, with CACHES in Redis',
    copy: 'cache.get_or_set(key, load, timeout) of django.core.cache, with CACHES in Redis, and cache.delete(key) where it is thrown away now',
    counter: 'update(count=F("count") + 1) on a field of the database, or cache.incr(key) with CACHES in Redis',
    registry: 'a table of the database, or cache.set(key, value, timeout) of django.core.cache with CACHES in Redis',
    general: 'a table of the database, or cache.set(key, value, timeout) of django.core.cache with CACHES in Redis',
  },
  other: {
    cache: 'redis.set(key, value, ex=300), and redis.get(key) first',
    copy: 'redis.set(key, value, ex=300), and redis.delete(key) where it is thrown away now',
    counter: 'redis.incr(key), or UPDATE ... SET count = count + 1',
    registry: 'redis.hset(name, key, value), or a table of the database',
    general: 'redis.hset(name, key, value), or a table of the database',
  },
};

export function keepingRemedy(program: Program, purpose: Purpose): string {
  return KEEPING[stackOf(program)][purpose];
}

/** What excludes everybody. `cache.lock` is of django-redis; Django's own back end for Redis has none. */
const LOCKING: Record<Stack, Record<'database' | 'file' | 'service', string>> = {
  django: {
    database: 'select_for_update() on the row within transaction.atomic(), or a unique constraint',
    file: 'with cache.lock(name, timeout=60) of django-redis, or redis.lock(name, timeout=60)',
    service: 'with cache.lock(name, timeout=60) of django-redis, or redis.lock(name, timeout=60)',
  },
  other: {
    database: 'SELECT ... FOR UPDATE (with_for_update() of SQLAlchemy) within the transaction, or a unique constraint',
    file: 'with redis.lock(name, timeout=60)',
    service: 'with redis.lock(name, timeout=60)',
  },
};

export function lockingRemedy(program: Program, protects: 'database' | 'file' | 'service'): string {
  return LOCKING[stackOf(program)][protects];
}
