import { originOfVariable, readVariable } from '../../link/python-environment.js';
import type { Arguments, Interpreter } from '../../link/python-interpreter.js';
import { parseQuery, splitUrl } from '../../link/python-library-urls.js';
import { functionsOf } from '../../link/python-library.js';
import { isDeclared } from '../../link/python-packages.js';
import { argument, type PythonModels } from '../../link/python-models.js';
import { spread, truth } from '../../link/python-operators.js';
import {
  derived,
  intValue,
  listValue,
  noneValue,
  recordValue,
  strValue,
  unknownValue,
} from '../../link/python-values.js';
import type { Origin, Value } from '../../link/value.js';

/** From django-cache-url 3.4 (`django_cache_url.py`). */
function backEndOf(py: Interpreter, scheme: string): string | undefined {
  const own = (name: string): string => `django.core.cache.backends.${name}`;
  const redis =
    isDeclared(py, 'django-redis') || !isDeclared(py, 'redis')
      ? 'django_redis.cache.RedisCache'
      : own('redis.RedisCache');
  const known: Readonly<Record<string, string>> = {
    db: own('db.DatabaseCache'),
    dummy: own('dummy.DummyCache'),
    elasticache: 'django_elasticache.memcached.ElastiCache',
    file: own('filebased.FileBasedCache'),
    locmem: own('locmem.LocMemCache'),
    memcached: own('memcached.PyLibMCCache'),
    pymemcached: own('memcached.PyMemcacheCache'),
    djangopylibmc: 'django_pylibmc.memcached.PyLibMCCache',
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
  const back = backEndOf(py, parts.scheme);
  if (back === undefined) return unknownValue(`cache scheme ${parts.scheme} is not known`, origin);
  const str = (text: string): Value => strValue(text, origin);
  const config = recordValue([['BACKEND', str(back)]], origin);
  const set = (key: string, value: Value): void => {
    config.entries.set(`s${key}`, { key: strValue(key), value });
  };
  const query = new Map(parseQuery(parts.query).map(([name, text]) => [name.toUpperCase(), text]));
  if (parts.scheme.includes('redis')) {
    const hosts = parts.netloc
      .split(',')
      .map((host) =>
        host === ''
          ? `unix://${parts.path}`
          : `${parts.scheme === 'hiredis' ? 'redis' : parts.scheme}://${host}${parts.path}`,
      );
    set('LOCATION', hosts.length === 1 ? str(hosts[0] ?? '') : listValue(hosts.map(str), origin));
  } else if (parts.scheme === 'file') set('LOCATION', str(`/${parts.netloc}${parts.path}`.replace(/^\/\//, '/')));
  else if (parts.netloc.includes(',')) set('LOCATION', listValue(parts.netloc.split(',').map(str), origin));
  else set('LOCATION', str(parts.netloc === '' && parts.path !== '' ? `unix:${parts.path}` : parts.netloc));
  for (const [name, text] of query) {
    if (name === 'PREFIX' || name === 'KEY_PREFIX') set('KEY_PREFIX', str(text));
    else if (name === 'TIMEOUT') set('TIMEOUT', text === 'None' ? noneValue(origin) : intValue(Number(text), origin));
    else return unknownValue(`parameter ${name} of a cache address is not followed`, origin);
  }
  return config;
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
