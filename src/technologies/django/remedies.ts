import type { DjangoSettings } from './settings.js';

/** The line that sets a variable, where one decides the setting: what to change outside of the code. */
export function setVariable(variables: readonly string[], url: string, other: string): string | undefined {
  const named = variables.find((name) => /_UR[IL]$|_DSN$/.test(name)) ?? variables[0];
  if (named === undefined) return undefined;
  return /UR[IL]$|_DSN$|^DATABASE$/.test(named) ? `${named}=${url}` : `${named}=${other}`;
}

export const REDIS_URL = 'redis://redis:6379/0';

/** Django has a Redis cache of its own since 4.0. */
export function redisBackEnd(settings: DjangoSettings): string {
  const major = Number.parseInt(settings.djangoVersion ?? '5', 10);
  return major < 4 ? 'django_redis.cache.RedisCache' : 'django.core.cache.backends.redis.RedisCache';
}
