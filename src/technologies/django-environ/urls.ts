import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { parseQuery, splitUrl, unquote, type Url } from '../../link/python/url-parts.js';
import { isDeclared } from '../../link/python/packages.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import {
  boolValue,
  derived,
  floatValue,
  intValue,
  listValue,
  noneValue,
  recordValue,
  strValue,
  unknownValue,
} from '../../link/python/values.js';
import type { DictValue, Origin, Value } from '../../link/value.js';

/** From django-environ 0.12: `db_url_config`, `cache_url_config`, `email_url_config`, `search_url_config`. */
type Make = (py: Interpreter, url: Url, text: string, args: Arguments, origin: Origin) => Value;

const POSTGRES = ['postgres', 'postgresql', 'psql', 'pgsql', 'postgis'];
const DATABASES: Readonly<Record<string, string>> = {
  postgres: 'django.db.backends.postgresql',
  postgresql: 'django.db.backends.postgresql',
  psql: 'django.db.backends.postgresql',
  pgsql: 'django.db.backends.postgresql',
  postgis: 'django.contrib.gis.db.backends.postgis',
  mysql: 'django.db.backends.mysql',
  mysql2: 'django.db.backends.mysql',
  'mysql-connector': 'mysql.connector.django',
  mysqlgis: 'django.contrib.gis.db.backends.mysql',
  mssql: 'mssql',
  oracle: 'django.db.backends.oracle',
  pyodbc: 'sql_server.pyodbc',
  redshift: 'django_redshift_backend',
  spatialite: 'django.contrib.gis.db.backends.spatialite',
  sqlite: 'django.db.backends.sqlite3',
  ldap: 'ldapdb.backends.ldap',
};
const DATABASE_OPTIONS = [
  'CONN_MAX_AGE',
  'ATOMIC_REQUESTS',
  'AUTOCOMMIT',
  'DISABLE_SERVER_SIDE_CURSORS',
  'CONN_HEALTH_CHECKS',
];
const CACHE_OPTIONS = ['TIMEOUT', 'KEY_PREFIX', 'VERSION', 'KEY_FUNCTION', 'BINARY'];

/** Makes a setting of an address; of one that is not known, the parts that the call itself gives stay. */
function fromUrl(keys: readonly string[], make: Make): (py: Interpreter, url: Value, args: Arguments) => Value {
  const run = (py: Interpreter, url: Value, args: Arguments): Value => {
    const origin = derived(args.at, url);
    if (url.kind === 'unknown') {
      const open =
        url.candidates === undefined ? undefined : spread(args.at, [url], ([one = url]) => run(py, one, args));
      if (open !== undefined) return open;
      const given = engineOf(args);
      return recordValue(
        keys.map((key, i) => [key, i === 0 && given !== undefined ? given : unknownValue(url.reason, origin)]),
        origin,
      );
    }
    if (url.kind === 'instance')
      return run(py, url.attributes.get('#url') ?? unknownValue('the address is not known', origin), args);
    if (url.kind !== 'str') return unknownValue('the address is no text', origin);
    return make(py, splitUrl(url.value), url.value, args, origin);
  };
  return run;
}

const engineOf = (args: Arguments): Value | undefined => {
  const given = args.keywords.get('engine') ?? args.keywords.get('backend') ?? args.positional[3];
  return given !== undefined && truth(given) !== false ? given : undefined;
};

const plainText = (text: string | undefined, origin: Origin): Value =>
  strValue(unquote((text ?? '').replaceAll('+', '+')), origin);
const port = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;

/** `_cast`: what a literal of Python means; other text stays. */
function literal(text: string, origin: Origin): Value {
  if (/^-?\d+$/.test(text)) return intValue(Number(text), origin);
  if (/^-?\d*\.\d+$/.test(text)) return floatValue(Number(text), origin);
  if (text === 'True' || text === 'False') return boolValue(text === 'True', origin);
  if (text === 'None') return noneValue(origin);
  return strValue(text, origin);
}

const whole = (text: string, origin: Origin): Value =>
  /^\d+$/.test(text) ? intValue(Number(text), origin) : strValue(text, origin);

/** The query of an address: names that the setting itself has go there, the others into OPTIONS. */
function addQuery(
  config: DictValue,
  url: Url,
  own: readonly string[],
  cast: typeof literal,
  upper: boolean,
  origin: Origin,
  ownCast = cast,
): void {
  if (url.query === '') return;
  const options = recordValue([], origin);
  const seen = new Set<string>();
  for (const [name, text] of parseQuery(url.query)) {
    if (seen.has(name)) continue;
    seen.add(name);
    const key = name.toUpperCase();
    if (own.includes(key)) config.entries.set(`s${key}`, { key: strValue(key), value: ownCast(text, origin) });
    else
      options.entries.set(`s${upper ? key : name}`, { key: strValue(upper ? key : name), value: cast(text, origin) });
  }
  config.entries.set('sOPTIONS', { key: strValue('OPTIONS'), value: options });
}

export const databaseOf = fromUrl(
  ['ENGINE', 'NAME', 'USER', 'PASSWORD', 'HOST', 'PORT'],
  (_, url, text, args, origin) => {
    const str = (value: string): Value => strValue(value, origin);
    if (text === 'sqlite://:memory:')
      return recordValue(
        [
          ['ENGINE', str(DATABASES.sqlite ?? '')],
          ['NAME', str(':memory:')],
        ],
        origin,
      );
    let path = unquote(url.path.slice(1).replaceAll('+', ' '));
    if (url.scheme === 'sqlite' && path === '') path = ':memory:';
    if (url.scheme === 'ldap') path = `ldap://${url.hostname ?? ''}${url.port === undefined ? '' : `:${url.port}`}`;
    const [hosts = ''] = url.netloc.split('@').slice(-1);
    const cluster = POSTGRES.includes(url.scheme) && hosts.includes(',');
    const pairs = hosts
      .split(',')
      .map((one) =>
        one.includes(':') ? [one.slice(0, one.lastIndexOf(':')), one.slice(one.lastIndexOf(':') + 1)] : [one, ''],
      );
    let host = cluster ? pairs.map(([one]) => one).join(',') : (url.hostname ?? '');
    const number = cluster ? undefined : port(url.port);
    const ports = pairs.flatMap(([, one]) => (one === undefined || one === '' ? [] : one)).join(',');
    let name = path;
    if ((POSTGRES.includes(url.scheme) || path.includes('cloudsql')) && path.startsWith('/')) {
      host = path.slice(0, path.lastIndexOf('/'));
      name = path.slice(path.lastIndexOf('/') + 1);
    }
    if (url.scheme === 'oracle' && path === '') {
      name = host;
      host = '';
    }
    const config = recordValue(
      [
        ['NAME', str(name)],
        ['USER', plainText(url.username, origin)],
        ['PASSWORD', plainText(url.password, origin)],
        ['HOST', str(host)],
        [
          'PORT',
          cluster
            ? whole(ports, origin)
            : number === undefined || number === 0
              ? str('')
              : url.scheme === 'oracle'
                ? str(String(number))
                : intValue(number, origin),
        ],
      ],
      origin,
    );
    if (url.scheme === 'oracle' && number === undefined) config.entries.delete('sPORT');
    addQuery(config, url, DATABASE_OPTIONS, whole, false, origin, literal);
    const given = engineOf(args);
    const engine = given ?? str(url.scheme);
    config.entries.set('sENGINE', {
      key: strValue('ENGINE'),
      value: engine.kind === 'str' ? strValue(DATABASES[engine.value] ?? engine.value, engine.origin) : engine,
    });
    return config;
  },
);

/** The back end of a Redis cache depends on what is installed beside Django. */
function redisBackEnd(py: Interpreter): string {
  if (isDeclared(py, 'django-redis')) return 'django_redis.cache.RedisCache';
  const version = py.dependencies.find((one) => one.name === 'django' && one.version !== undefined)?.version;
  return version !== undefined && Number(version.split('.')[0]) < 4
    ? 'redis_cache.RedisCache'
    : 'django.core.cache.backends.redis.RedisCache';
}

function cacheBackEnd(py: Interpreter, scheme: string): string | undefined {
  const known: Readonly<Record<string, string>> = {
    dbcache: 'django.core.cache.backends.db.DatabaseCache',
    dummycache: 'django.core.cache.backends.dummy.DummyCache',
    filecache: 'django.core.cache.backends.filebased.FileBasedCache',
    locmemcache: 'django.core.cache.backends.locmem.LocMemCache',
    memcache: 'django.core.cache.backends.memcached.MemcachedCache',
    pymemcache: isDeclared(py, 'pymemcache')
      ? 'django.core.cache.backends.memcached.PyMemcacheCache'
      : 'django.core.cache.backends.memcached.PyLibMCCache',
    pylibmc: 'django.core.cache.backends.memcached.PyLibMCCache',
  };
  return /^redis(?:s|cache)?$/.test(scheme) ? redisBackEnd(py) : known[scheme];
}

export const cacheOf = fromUrl(['BACKEND', 'LOCATION'], (py, url, text, args, origin) => {
  if (text === '') return recordValue([], origin);
  const backEnd = cacheBackEnd(py, url.scheme);
  if (backEnd === undefined)
    return fail(py, 'django.core.exceptions.ImproperlyConfigured', `cache scheme ${url.scheme} is not known`, args.at);
  const str = (value: string): Value => strValue(value, origin);
  const several = (all: readonly string[]): Value =>
    all.length === 1 ? str(all[0] ?? '') : listValue(all.map(str), origin);
  const parts = url.netloc.split(',');
  let location = several(parts);
  if (url.scheme === 'filecache') location = str(url.netloc + url.path);
  if (url.netloc === '' && (url.scheme === 'memcache' || url.scheme === 'pymemcache'))
    location = str(`unix:${url.path}`);
  else if (url.scheme.startsWith('redis')) {
    const scheme = url.hostname === undefined ? 'unix' : url.scheme.replace('cache', '');
    location = several(parts.map((part) => `${scheme}://${part}${url.path}`));
  }
  const config = recordValue(
    [
      ['BACKEND', str(backEnd)],
      ['LOCATION', location],
    ],
    origin,
  );
  addQuery(config, url, CACHE_OPTIONS, literal, true, origin);
  const given = engineOf(args);
  if (given !== undefined) config.entries.set('sBACKEND', { key: strValue('BACKEND'), value: given });
  return config;
});

const EMAIL: Readonly<Record<string, string>> = {
  smtp: 'smtp',
  smtps: 'smtp',
  'smtp+tls': 'smtp',
  'smtp+ssl': 'smtp',
  consolemail: 'console',
  filemail: 'filebased',
  memorymail: 'locmem',
  dummymail: 'dummy',
};

export const emailOf = fromUrl(
  ['EMAIL_BACKEND', 'EMAIL_FILE_PATH', 'EMAIL_HOST_USER', 'EMAIL_HOST_PASSWORD', 'EMAIL_HOST', 'EMAIL_PORT'],
  (py, url, _, args, origin) => {
    const maybe = (value: string | undefined): Value =>
      value === undefined ? noneValue(origin) : strValue(unquote(value), origin);
    const kind = EMAIL[url.scheme];
    const given = engineOf(args);
    if (kind === undefined && given === undefined)
      return fail(py, 'django.core.exceptions.ImproperlyConfigured', `mail scheme ${url.scheme} is not known`, args.at);
    const number = port(url.port);
    const config = recordValue(
      [
        ['EMAIL_FILE_PATH', strValue(unquote(url.path.slice(1)), origin)],
        ['EMAIL_HOST_USER', maybe(url.username)],
        ['EMAIL_HOST_PASSWORD', maybe(url.password)],
        ['EMAIL_HOST', maybe(url.hostname)],
        ['EMAIL_PORT', number === undefined ? noneValue(origin) : intValue(number, origin)],
        ['EMAIL_BACKEND', given ?? strValue(`django.core.mail.backends.${kind ?? ''}.EmailBackend`, origin)],
      ],
      origin,
    );
    if (url.scheme === 'smtps' || url.scheme === 'smtp+tls')
      config.entries.set('sEMAIL_USE_TLS', { key: strValue('EMAIL_USE_TLS'), value: boolValue(true, origin) });
    if (url.scheme === 'smtp+ssl')
      config.entries.set('sEMAIL_USE_SSL', { key: strValue('EMAIL_USE_SSL'), value: boolValue(true, origin) });
    addQuery(config, url, ['EMAIL_USE_TLS', 'EMAIL_USE_SSL'], whole, true, origin);
    return config;
  },
);

export const searchOf = fromUrl(['ENGINE', 'URL'], (_, __, ___, ____, origin) =>
  unknownValue('addresses of search servers are not followed', origin),
);
