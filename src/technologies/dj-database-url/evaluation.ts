import { originOfVariable, readVariable } from '../../link/python/environment.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { parseQuery, splitUrl, unquote } from '../../link/python/url-parts.js';
import { functionsOf } from '../../link/python/library.js';
import { argument, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import {
  boolValue,
  derived,
  intValue,
  listValue,
  recordValue,
  strValue,
  unknownValue,
} from '../../link/python/values.js';
import type { DictValue, Origin, Value } from '../../link/value.js';

/** From dj-database-url 3.1 (`dj_database_url/__init__.py`); older versions differ in what `since` says. */
const ENGINES: Readonly<Record<string, string>> = {
  spatialite: 'django.contrib.gis.db.backends.spatialite',
  'mysql-connector': 'mysql.connector.django',
  mysqlgis: 'django.contrib.gis.db.backends.mysql',
  oraclegis: 'django.contrib.gis.db.backends.oracle',
  cockroach: 'django_cockroachdb',
  sqlite: 'django.db.backends.sqlite3',
  oracle: 'django.db.backends.oracle',
  mssqlms: 'mssql',
  mssql: 'sql_server.pyodbc',
  mysql: 'django.db.backends.mysql',
  mysql2: 'django.db.backends.mysql',
  postgres: 'django.db.backends.postgresql',
  postgresql: 'django.db.backends.postgresql',
  pgsql: 'django.db.backends.postgresql',
  postgis: 'django.contrib.gis.db.backends.postgis',
  redshift: 'django_redshift_backend',
  timescale: 'timescale.db.backends.postgresql',
  timescalegis: 'timescale.db.backends.postgis',
};

const POSTGRES = ['postgres', 'postgresql', 'pgsql', 'postgis', 'redshift', 'timescale', 'timescalegis'];

function config(py: Interpreter, args: Arguments): Value {
  const name = argument(args, 0, 'env') ?? strValue('DATABASE_URL');
  if (name.kind !== 'str') return unknownValue('the name of the variable is not known', derived(args.at, name));
  const url = readVariable(py, name.value) ?? args.keywords.get('default') ?? args.positional[1];
  const origin = originOfVariable(name.value, args.at);
  if (url === undefined || (url.kind !== 'unknown' && truth(url) === false)) return recordValue([], origin);
  const own: Arguments = { ...args, positional: args.positional.slice(2), keywords: args.keywords };
  return parsed(py, url, own, origin);
}

function parse(py: Interpreter, args: Arguments): Value {
  const url = argument(args, 0, 'url');
  if (url === undefined) return unknownValue('the address is not known', derived(args.at));
  return parsed(py, url, { ...args, positional: args.positional.slice(1) }, derived(args.at));
}

/** `args` holds what follows the address: engine, conn_max_age ... */
function parsed(py: Interpreter, url: Value, args: Arguments, base: Origin): Value {
  const origin = derived(args.at, base, url);
  const scheme = onlyScheme(url);
  if (url.kind === 'unknown' && url.candidates !== undefined && scheme === undefined) {
    const open = spread(args.at, [url], ([one = url]) => parsed(py, one, args, base));
    if (open !== undefined) return open;
  }
  const given = explicit(py, args, origin);
  if (url.kind === 'unknown' || url.kind === 'external') {
    const reason = url.kind === 'unknown' ? url.reason : 'what gives the address is not known here';
    const part = (): Value => unknownValue(reason, origin);
    const engine = scheme === undefined ? undefined : ENGINES[scheme];
    const open = ['NAME', 'USER', 'PASSWORD', 'HOST', 'PORT'].map((key) => [key, part()] as const);
    const known = ['ENGINE', engine === undefined ? part() : strValue(engine, origin)] as const;
    return recordValue([known, ...open, ...Object.entries(given)], origin);
  }
  if (url.kind !== 'str') return unknownValue('the address is no text', origin);
  if (url.value === 'sqlite://:memory:')
    return recordValue(
      [
        ['ENGINE', strValue('django.db.backends.sqlite3', origin)],
        ['NAME', strValue(':memory:', origin)],
      ],
      origin,
    );
  const parts = splitUrl(url.value);
  const engine = ENGINES[parts.scheme];
  if (engine === undefined)
    return fail(py, 'ValueError', `scheme ${parts.scheme} of a database address is not known`, args.at, url);
  const text = (value: string): Value => strValue(unquote(value), origin);
  const name = parts.path.slice(1);
  const port = parts.port === undefined ? strValue('', origin) : intValue(Number(parts.port), origin);
  const stringPort = ['oracle', 'mssqlms', 'mssql'].includes(parts.scheme);
  const result = recordValue(
    [
      ['ENGINE', strValue(engine, origin)],
      ['USER', text(parts.username ?? '')],
      ['PASSWORD', text(parts.password ?? '')],
      ['HOST', text(parts.hostname ?? '')],
      ['PORT', stringPort ? strValue(parts.port ?? '', origin) : port],
      ['NAME', parts.scheme === 'sqlite' && name === '' ? strValue(':memory:', origin) : text(name)],
    ],
    origin,
  );
  const options = optionsOf(parts.scheme, parts.query, origin);
  const more = given.OPTIONS;
  if (more?.kind === 'dict') for (const [key, one] of more.entries) options.entries.set(key, one);
  for (const [key, value] of Object.entries(given))
    if (key !== 'OPTIONS') result.entries.set(`s${key}`, { key: strValue(key), value });
  if (options.entries.size > 0) result.entries.set('sOPTIONS', { key: strValue('OPTIONS'), value: options });
  return result;
}

/** Of an address that is a secret the scheme may be known, which tells the engine: `postgres://`. */
function onlyScheme(url: Value): string | undefined {
  const [first, ...others] = url.kind === 'unknown' ? (url.candidates ?? []) : [];
  return first?.kind === 'str' && others.length === 0 ? /^([a-z][\w+-]{1,30}):\/\/$/.exec(first.value)?.[1] : undefined;
}

function optionsOf(scheme: string, query: string, origin: Origin): DictValue {
  const all = new Map<string, Value[]>();
  for (const [key, value] of parseQuery(query)) all.set(key, [...(all.get(key) ?? []), option(value, origin)]);
  const options = recordValue(
    [...all].map(([key, values]) => [
      key,
      values.length === 1 ? (values[0] ?? listValue([])) : listValue(values, origin),
    ]),
    origin,
  );
  const schema = options.entries.get('scurrentSchema')?.value;
  if (POSTGRES.includes(scheme) && schema !== undefined) {
    options.entries.delete('scurrentSchema');
    options.entries.set('soptions', {
      key: strValue('options'),
      value: strValue(`-c search_path=${schema.kind === 'str' ? schema.value : ''}`, origin),
    });
  }
  const authority = options.entries.get('sssl-ca')?.value;
  if (scheme.startsWith('mysql') && authority !== undefined) {
    options.entries.delete('sssl-ca');
    options.entries.set('sssl', { key: strValue('ssl'), value: recordValue([['ca', authority]], origin) });
  }
  return options;
}

function option(value: string, origin: Origin): Value {
  if (/^\d+$/.test(value)) return intValue(Number(value), origin);
  return /^(?:true|false)$/i.test(value) ? boolValue(value.toLowerCase() === 'true', origin) : strValue(value, origin);
}

/** What the call says beside the address, in the version that is declared. */
function explicit(py: Interpreter, args: Arguments, origin: Origin): Record<string, Value> {
  const version = py.dependencies.find((one) => one.name === 'dj-database-url')?.version;
  const since = (wanted: number): boolean =>
    version === undefined || Number(/^\d+(?:\.\d+)?/.exec(version)?.[0] ?? 9) >= wanted;
  const result: Record<string, Value> = { CONN_MAX_AGE: argument(args, 1, 'conn_max_age') ?? intValue(0, origin) };
  if (since(1.1)) result.CONN_HEALTH_CHECKS = args.keywords.get('conn_health_checks') ?? boolValue(false, origin);
  if (since(2.2))
    result.DISABLE_SERVER_SIDE_CURSORS = args.keywords.get('disable_server_side_cursors') ?? boolValue(false, origin);
  const engine = argument(args, 0, 'engine');
  if (engine !== undefined && truth(engine) !== false) result.ENGINE = engine;
  const ssl = args.keywords.get('ssl_require') ?? (since(1.1) ? undefined : args.positional[2]);
  if (ssl !== undefined) {
    const wanted = truth(ssl);
    if (wanted === true)
      result.OPTIONS = recordValue([['sslmode', strValue('require', derived(args.at, ssl))]], origin);
    else if (wanted === undefined)
      result.OPTIONS = recordValue(
        [['sslmode', { ...unknownValue('whether SSL is required is not known', derived(args.at, ssl)), absent: true }]],
        origin,
      );
  }
  const test = args.keywords.get('test_options');
  if (test !== undefined && truth(test) !== false) result.TEST = test;
  return result;
}

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('dj_database_url', { config, parse }),
    ['dj_database_url.DEFAULT_ENV', () => strValue('DATABASE_URL')],
  ]),
  distributions: new Map([['dj_database_url', ['dj-database-url']]]),
};
