import { originOfVariable, readVariable } from '../../link/python/environment.js';
import type { Arguments, Interpreter } from '../../link/python/interpreter.js';
import { parseQuery, splitUrl } from '../../link/python/url-parts.js';
import { functionsOf } from '../../link/python/library.js';
import { argument, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import { derived, intValue, noneValue, recordValue, strValue, unknownValue } from '../../link/python/values.js';
import type { Origin, Value } from '../../link/value.js';

/** From django-cache-url 3.4 (`django_cache_url/__init__.py`). */
const BUILTIN = 'django.core.cache.backends.redis.RedisCache';

function backEndOf(py: Interpreter, scheme: string): string | undefined {
  const own = (name: string): string => `django.core.cache.backends.${name}`;
  const version = py.dependencies.find((one) => one.name === 'django' && one.version !== undefined)?.version;
  const redis = version !== undefined && Number(version.split('.')[0]) < 4 ? 'django_redis.cache.RedisCache' : BUILTIN;
  const known: Readonly<Record<string, string>> = {
    db: own('db.DatabaseCache'),
    dummy: own('dummy.DummyCache'),
    elasticache: 'django_elasticache.memcached.ElastiCache',
    file: own('filebased.FileBasedCache'),
    locmem: own('locmem.LocMemCache'),
    uwsgicache: 'uwsgicache.UWSGICache',
    memcached: own('memcached.PyLibMCCache'),
    djangopylibmc: 'django_pylibmc.memcached.PyLibMCCache',
    pymemcached: own('memcached.MemcachedCache'),
    pymemcache: own('memcached.PyMemcacheCache'),
    'redis-cache': 'redis_cache.RedisCache',
    redis,
    rediss: redis,
    hiredis: redis,
  };
  return known[scheme];
}

function parsed(py: Interpreter, url: Value, args: Arguments, origin: Origin): Value {
  const open = spread(args.at, [url], ([one = url]) => parsed(py, one, args, origin));
  if (open !== undefined) return open;
  if (url.kind !== 'str') return unknownValue('the address is no text', origin);
  const parts = splitUrl(url.value);
  const query = new Map(parseQuery(parts.query).map(([name, text]) => [name.toUpperCase(), text]));
  const library = query.get('LIB');
  const isRedis = parts.scheme.includes('redis');
  const back = (isRedis && library !== undefined ? backEndOf(py, library) : undefined) ?? backEndOf(py, parts.scheme);
  if (back === undefined) return unknownValue(`cache scheme ${parts.scheme} is not known`, origin);
  const str = (text: string): Value => strValue(text, origin);
  const options: [string, Value][] = [];
  if (parts.scheme === 'hiredis') options.push(['PARSER_CLASS', str('redis.connection.HiredisParser')]);
  let location: string;
  if (parts.netloc === '') {
    if (/^(?:memcached|pymemcached?|djangopylibmc)$/.test(parts.scheme)) location = `unix://${parts.path}`;
    else if (parts.scheme === 'redis' || parts.scheme === 'hiredis') {
      const database = /^.+?(\d+)/.exec(parts.path)?.[1];
      const socket = database === undefined ? parts.path : parts.path.slice(0, parts.path.lastIndexOf('/'));
      location = `unix://${socket}?db=${database ?? '0'}`;
    } else location = parts.scheme === 'uwsgicache' && parts.path === '' ? 'default' : parts.path;
  } else if (/^(?:redis|rediss|hiredis)$/.test(parts.scheme)) {
    if (library === 'redis-cache') return unknownValue('the options of this cache are not followed', origin);
    const inUrl = parts.password !== undefined && back === BUILTIN;
    if (parts.password !== undefined && !inUrl) options.push(['PASSWORD', str(parts.password)]);
    const scheme = parts.scheme === 'rediss' ? 'rediss' : 'redis';
    const login = inUrl ? `:${parts.password}@` : '';
    location = `${scheme}://${login}${parts.hostname ?? 'None'}:${parts.port ?? '6379'}/${parts.path.slice(1) || '0'}`;
  } else location = parts.netloc.split(',').join(';');
  const config: [string, Value][] = [
    ['BACKEND', str(back)],
    ['LOCATION', str(location)],
  ];
  for (const name of ['MAX_ENTRIES', 'CULL_FREQUENCY']) {
    const text = query.get(name);
    if (text !== undefined) options.push([name, intValue(Number(text), origin)]);
    query.delete(name);
  }
  if (options.length > 0) config.push(['OPTIONS', recordValue(options, origin)]);
  for (const [name, text] of query) config.push([name, str(text)]);
  return recordValue(config, origin);
}

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>(
    functionsOf('django_cache_url', {
      parse: (py, args) =>
        parsed(py, argument(args, 0, 'url') ?? noneValue(), args, derived(args.at, ...args.positional)),
      config: (py, args) => {
        const name = argument(args, 0, 'env') ?? strValue('CACHE_URL');
        if (name.kind !== 'str') return unknownValue('the name of the variable is not known', derived(args.at));
        const url =
          readVariable(py, name.value) ?? args.keywords.get('default') ?? args.positional[1] ?? strValue('locmem://');
        const origin = originOfVariable(name.value, args.at, url);
        return truth(url) === false ? recordValue([], origin) : parsed(py, url, args, origin);
      },
    }),
  ),
};
