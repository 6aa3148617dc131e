import { isUnknown, type Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry } from '../../link/value.js';
import type { CacheAlias } from './caches.js';
import type { DatabaseAlias } from './databases.js';
import { addressVariable } from './network-place.js';
import type { DjangoSettings } from './settings.js';
import { switchOf, type SettingPath } from './switches.js';
import { isAtLeast } from './version.js';

export const REDIS_URL = 'redis://redis:6379/0';

/** What the variable that mends a setting would hold. */
export interface Wanted {
  readonly url: string;
  /** A dotted name, for variables that hold one. */
  readonly backEnd: string;
}

/**
 * The line that mends a setting outside of the code, where a variable decides it: `variables` are those that its value
 * depends on, otherwise the one that the code around it asks for.
 */
export function setVariable(
  program: Program,
  settings: DjangoSettings,
  setting: SettingPath,
  place: Location,
  variables: readonly string[],
  wanted: Wanted,
): string | undefined {
  const known = variables.map((variable) => lineFor(variable, wanted)).find((line) => line !== undefined);
  if (known !== undefined) return known;
  const variable = switchOf(program, settings, setting, place);
  return variable === undefined ? undefined : (lineFor(variable, wanted) ?? `${variable}=...`);
}

function lineFor(variable: string, wanted: Wanted): string | undefined {
  if (/UR[IL]S?$|_DSN$|^DATABASE$/.test(variable)) return `${variable}=${wanted.url}`;
  if (/BACKEND|ENGINE$|STORAGE$/.test(variable)) return `${variable}=${wanted.backEnd}`;
  return /(^|_)(USE|ENABLE|ENABLED|WITH)(_|$)/.test(variable) ? `${variable}=true` : undefined;
}

/** Django has a Redis cache of its own since 4.0. */
export function redisBackEnd(settings: DjangoSettings): string {
  return isAtLeast(settings.djangoVersion, '4.0')
    ? 'django.core.cache.backends.redis.RedisCache'
    : 'django_redis.cache.RedisCache';
}

/** The line that moves a cache to the network. */
export function cacheRemedy(program: Program, settings: DjangoSettings, alias: CacheAlias): string {
  const backEnd = redisBackEnd(settings);
  const outside = setVariable(program, settings, { name: 'CACHES', key: alias.name }, alias.location, alias.variables, {
    url: REDIS_URL,
    backEnd,
  });
  if (outside !== undefined) return outside;
  const options = `"BACKEND": "${backEnd}", "LOCATION": "${REDIS_URL}"`;
  return alias.explicit ? options : `CACHES = {"${alias.name}": {${options}}}`;
}

/** The line that moves a database to a server. */
export function databaseRemedy(program: Program, settings: DjangoSettings, alias: DatabaseAlias): string {
  if (isUnknown(alias.product)) return '';
  const url = 'postgres://user:password@db:5432/app';
  if (alias.product !== 'sqlite') {
    const host = entry(alias.options[0], 'HOST');
    const variable = host === undefined ? undefined : addressVariable(host);
    if (variable === undefined) return '"HOST": "db"';
    return /UR[IL]|DSN/.test(variable) ? `${variable}=${url}` : `${variable}=db`;
  }
  const backEnd = 'django.db.backends.postgresql';
  const wanted = { url, backEnd };
  const setting = { name: 'DATABASES', key: alias.name };
  return (
    setVariable(program, settings, setting, alias.location, alias.variables, wanted) ??
    `"ENGINE": "${backEnd}", "HOST": "db"`
  );
}
