import { callerFolder, lineOf, originOfVariable, readVariable, setVariable } from '../../link/python/environment.js';
import { attribute } from '../../link/python/attributes.js';
import { kindOfPath, readText } from '../../link/python/files.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { functionsOf, textOf } from '../../link/python/library.js';
import { argument, exceptionModel, nativeClass, type Native, type PythonModels } from '../../link/python/models.js';
import { equals } from '../../link/python/equals.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import {
  dependingOn,
  derived,
  listValue,
  noneValue,
  pathValue,
  recordValue,
  strValue,
  tupleValue,
  unknownValue,
} from '../../link/python/values.js';
import { joinPath, normalPath } from '../../link/python/path-text.js';
import type { InstanceValue, Value } from '../../link/value.js';
import { parseAs, castTo } from './casts.js';
import { cacheOf, databaseOf, emailOf, searchOf } from './urls.js';

/** From django-environ 0.12 (`environ/environ.py`). */
interface Wanted {
  readonly name: string;
  readonly cast: Value | undefined;
  readonly fallback: Value | undefined;
}

const entryOf = (dict: Value | undefined, key: string): Value | undefined =>
  dict?.kind === 'dict' ? dict.entries.get(`s${key}`)?.value : undefined;
const selfOf = (args: Arguments): InstanceValue | undefined =>
  args.positional[0]?.kind === 'instance' ? args.positional[0] : undefined;
const isClass = (value: Value | undefined, name: string): boolean =>
  value?.kind === 'class' && value.qualifiedName === name;

/** The value of a variable, cast as the call, the scheme or the default says. */
function valueOf(py: Interpreter, self: InstanceValue | undefined, wanted: Wanted, args: Arguments, depth = 0): Value {
  const prefix = textOf(self?.attributes.get('prefix')) ?? '';
  const name = prefix + wanted.name;
  let { cast, fallback } = wanted;
  const scheme = entryOf(self?.attributes.get('scheme'), name);
  if (scheme !== undefined) {
    if ((scheme.kind === 'tuple' || scheme.kind === 'list') && scheme.items.length === 2) {
      cast ??= scheme.items[0];
      fallback ??= scheme.items[1];
    } else cast ??= scheme;
  }
  const held = fromFile(py, self, name) ?? readVariable(py, name);
  if (held === undefined && fallback === undefined) {
    const message = `environment variable ${name} is required and set nowhere in the repository`;
    return fail(
      py,
      'django.core.exceptions.ImproperlyConfigured',
      message,
      args.at,
      strValue(name, originOfVariable(name, args.at)),
    );
  }
  const value = held ?? fallback ?? noneValue();
  const origin = originOfVariable(name, args.at, value);
  if (value.kind === 'str' && value.value.startsWith('$') && depth < 5)
    return dependingOn(valueOf(py, self, { name: value.value.replace(/^\$+/, ''), cast, fallback }, args, depth + 1), [
      name,
    ]);
  if (cast === undefined && fallback !== undefined && fallback.kind !== 'none') {
    const smart = self?.attributes.get('smart_cast');
    if (smart === undefined || truth(smart) !== false) cast = typeValueOf(py, fallback);
  }
  if (fallback?.kind === 'none' && value.kind === 'str' && value.value === '') return noneValue(origin);
  if (held === undefined) return withOrigin(value, name);
  if (value.kind === 'unknown')
    return (
      spread(args.at, [value], ([one = value]) => parseAs(py, one, cast, args)) ?? unknownValue(value.reason, origin)
    );
  const same = fallback === undefined ? false : equals(value, fallback);
  return withOrigin(same === true ? value : parseAs(py, value, cast, args), name);
}

/** Notes the variable on a value; a container that came from a default is a value of its own from here on. */
function withOrigin(value: Value, name: string): Value {
  if (value.kind === 'list' || value.kind === 'set') {
    const origin = {
      locations: value.origin.locations,
      variables: [...new Set([...value.origin.variables, name])].sort(),
    };
    Object.assign(value, { origin });
    return value;
  }
  if (value.kind === 'dict')
    Object.assign(value, {
      origin: { locations: value.origin.locations, variables: [...new Set([...value.origin.variables, name])].sort() },
    });
  return dependingOn(value, [name]);
}

function typeValueOf(py: Interpreter, value: Value): Value | undefined {
  return ['bool', 'int', 'float', 'str', 'list', 'tuple', 'dict', 'bytes'].includes(value.kind)
    ? py.builtins.get(value.kind)
    : undefined;
}

/** `FileAwareEnv` looks for `NAME_FILE` first. */
function fromFile(py: Interpreter, self: InstanceValue | undefined, name: string): Value | undefined {
  if (self?.class.qualifiedName !== 'environ.FileAwareEnv') return undefined;
  const path = readVariable(py, `${name}_FILE`);
  if (path === undefined || truth(path) === false) return undefined;
  const text = path.kind === 'str' ? readText(py, path.value) : undefined;
  return text === undefined
    ? unknownValue(`the file that ${name}_FILE names is not in the repository`, {
        locations: path.origin.locations,
        variables: [name, `${name}_FILE`],
      })
    : strValue(text, path.origin);
}

function wantedOf(args: Arguments, cast: Value | undefined): Wanted | undefined {
  const name = argument(args, 1, 'var');
  const fallback = args.keywords.get('default') ?? (cast === undefined ? args.positional[3] : args.positional[2]);
  const own = cast ?? args.keywords.get('cast') ?? args.positional[2];
  return name?.kind === 'str'
    ? {
        name: name.value,
        cast: own?.kind === 'none' ? undefined : own,
        fallback: isNotSet(fallback) ? undefined : fallback,
      }
    : undefined;
}

const isNotSet = (value: Value | undefined): boolean => value?.kind === 'external' && value.name.endsWith('NOTSET');

/** A method that reads one variable with a cast of its own. */
function reading(
  cast: (py: Interpreter, args: Arguments) => Value | undefined,
  after?: (py: Interpreter, value: Value, args: Arguments) => Value,
): Native {
  return (py, args) => {
    const own = cast(py, args);
    const wanted = wantedOf(args, own);
    if (wanted === undefined)
      return unknownValue('the name of the variable is not known', derived(args.at, ...args.positional.slice(1)));
    const value = valueOf(py, selfOf(args), wanted, args);
    return after === undefined ? value : after(py, value, args);
  };
}

const builtin =
  (name: string) =>
  (py: Interpreter): Value | undefined =>
    py.builtins.get(name);

/** A list or tuple whose items are cast: `env.list("X", cast=int)`. */
function collection(kind: 'list' | 'tuple'): Native {
  return (py, args) => {
    const cast = args.keywords.get('cast') ?? args.positional[2];
    const inner =
      cast === undefined || cast.kind === 'none'
        ? py.builtins.get(kind)
        : kind === 'list'
          ? listValue([cast])
          : tupleValue([cast]);
    const name = argument(args, 1, 'var');
    const fallback = args.keywords.get('default') ?? args.positional[3];
    if (name?.kind !== 'str') return unknownValue('the name of the variable is not known', derived(args.at));
    return valueOf(
      py,
      selfOf(args),
      { name: name.value, cast: inner, fallback: isNotSet(fallback) ? undefined : fallback },
      args,
    );
  };
}

/** A variable that holds an address from which a setting is made. */
function addressed(variable: string, make: (py: Interpreter, url: Value, args: Arguments) => Value): Native {
  return (py, args) => {
    const name = argument(args, 1, 'var') ?? strValue(variable);
    const fallback = args.keywords.get('default') ?? args.positional[2];
    if (name.kind !== 'str') return unknownValue('the name of the variable is not known', derived(args.at));
    const url = valueOf(
      py,
      selfOf(args),
      { name: name.value, cast: undefined, fallback: isNotSet(fallback) ? undefined : fallback },
      args,
    );
    return make(py, dependingOn(url, [name.value]), args);
  };
}

const json: Native = (py, args) => {
  const raw = reading(() => undefined)(py, args);
  if (raw.kind !== 'str') return raw;
  const loads = attribute(py, py.importModule('json', args.at), 'loads', args.at);
  return py.call(loads, { positional: [raw], keywords: new Map(), at: args.at });
};

/** Reads a file of variables of the repository into the environment. */
const readEnv: Native = (py, args) => {
  const given =
    args.positional.find((one) => one.kind === 'str' || one.kind === 'path' || one.kind === 'unknown') ??
    args.keywords.get('env_file');
  const path = given === undefined || given.kind === 'none' ? `${callerFolder(py)}/.env` : textOf(given);
  const overwrite = args.keywords.get('overwrite');
  const put = (name: string, value: Value): void => {
    if (readVariable(py, name) === undefined || (overwrite !== undefined && truth(overwrite) === true))
      setVariable(py, name, value);
  };
  const text = path !== undefined && kindOfPath(py, path) === 'file' ? readText(py, path) : undefined;
  for (const [i, line] of (text ?? '').split(/\r?\n/).entries()) {
    const match = /^(?:export )?([A-Za-z_0-9]+)=(.*)$/.exec(line);
    if (match?.[1] === undefined || path === undefined) continue;
    const single = /^\s*'(.*)'\s*(?:#.*)?$/.exec(match[2] ?? '');
    let value = single?.[1] ?? (match[2] ?? '').replace(/#.*$/, '');
    const double = /^"(.*)"$/.exec(value);
    if (double?.[1] !== undefined)
      value = double[1].replace(/\\(.)/g, (_, char: string) => ('rnt'.includes(char) ? `\\${char}` : char));
    put(match[1], strValue(value, { locations: [lineOf(py, path, i + 1)], variables: [match[1]] }));
  }
  for (const [name, value] of args.keywords)
    if (!['env_file', 'overwrite', 'encoding'].includes(name)) put(name, value);
  return noneValue();
};

const METHODS: Readonly<Record<string, Native>> = {
  __init__: (py, args) => {
    selfOf(args)?.attributes.set('scheme', recordValue(args.keywords));
    selfOf(args)?.attributes.set('ENVIRON', py.environ);
    return noneValue();
  },
  __call__: reading(() => undefined),
  get_value: reading(() => undefined),
  str: reading(builtin('str'), (_, value, args) => {
    const multiline = args.keywords.get('multiline');
    return multiline !== undefined && truth(multiline) === true && value.kind === 'str'
      ? strValue(value.value.replace(/(\\r)?\\n/g, '\n'), value.origin)
      : value;
  }),
  unicode: reading(builtin('str')),
  bytes: reading(builtin('bytes')),
  bool: reading(builtin('bool')),
  int: reading(builtin('int')),
  float: reading(builtin('float')),
  json,
  list: collection('list'),
  tuple: collection('tuple'),
  dict: reading((py, args) => {
    const cast = args.keywords.get('cast') ?? args.positional[2];
    return cast === undefined || isClass(cast, 'builtins.dict') ? py.builtins.get('dict') : cast;
  }),
  url: addressed('', (py, url, args) =>
    py.call(attribute(py, py.importModule('urllib.parse', args.at), 'urlparse', args.at), {
      positional: [url],
      keywords: new Map(),
      at: args.at,
    }),
  ),
  path: reading(
    () => undefined,
    (py, value, args) => castTo(py, PATH, value, args),
  ),
  db: addressed('DATABASE_URL', databaseOf),
  db_url: addressed('DATABASE_URL', databaseOf),
  cache: addressed('CACHE_URL', cacheOf),
  cache_url: addressed('CACHE_URL', cacheOf),
  email: addressed('EMAIL_URL', emailOf),
  email_url: addressed('EMAIL_URL', emailOf),
  search_url: addressed('SEARCH_URL', searchOf),
  db_url_config: (py, args) => databaseOf(py, args.positional.at(-1) ?? noneValue(), args),
  cache_url_config: (py, args) => cacheOf(py, args.positional.at(-1) ?? noneValue(), args),
  email_url_config: (py, args) => emailOf(py, args.positional.at(-1) ?? noneValue(), args),
  read_env: readEnv,
  __contains__: (py, args) => {
    const name = textOf(args.positional[1]);
    return name === undefined
      ? unknownValue('the name is not known')
      : py.call(py.builtins.get('bool') ?? noneValue(), {
          positional: [
            readVariable(py, name) === undefined
              ? noneValue({ locations: [args.at], variables: [name] })
              : strValue('set', { locations: [args.at], variables: [name] }),
          ],
          keywords: new Map(),
          at: args.at,
        });
  },
};

/** `environ.Path`: a path that is called to go below, and subtracted from to go up. */
const PATH = nativeClass('environ.Path', {
  __init__: (_, args) => {
    const self = selfOf(args);
    const parts = args.positional.slice(1).map(textOf);
    if (self !== undefined && !parts.includes(undefined))
      self.attributes.set(
        'root',
        pathValue(normalPath(joinPath('/repository', ...(parts as string[])).replace(/\.py$/, '.py'))),
      );
    return noneValue();
  },
  __call__: (_, args) => below(args),
  path: (py, args) => {
    const text = below(args);
    return text.kind === 'str' ? py.call(PATH, { positional: [text], keywords: new Map(), at: args.at }) : text;
  },
  __sub__: (py, args) => {
    const [self, count] = args.positional;
    const root = textOf(self?.kind === 'instance' ? self.attributes.get('root') : undefined);
    if (root === undefined || count?.kind !== 'int') return unknownValue('the path is not known', derived(args.at));
    const up = normalPath(joinPath(root, ...Array.from({ length: Math.min(50, Number(count.value)) }, () => '..')));
    return py.call(PATH, { positional: [strValue(up, derived(args.at))], keywords: new Map(), at: args.at });
  },
  __add__: (py, args) => {
    const text = below(args);
    return text.kind === 'str' ? py.call(PATH, { positional: [text], keywords: new Map(), at: args.at }) : text;
  },
  __fspath__: (_, args) => below({ ...args, positional: args.positional.slice(0, 1) }),
  __str__: (_, args) => below({ ...args, positional: args.positional.slice(0, 1) }),
});

function below(args: Arguments): Value {
  const [self, ...parts] = args.positional;
  const root = textOf(self?.kind === 'instance' ? self.attributes.get('root') : undefined);
  const texts = parts.map(textOf);
  if (root === undefined || texts.includes(undefined)) return unknownValue('the path is not known', derived(args.at));
  return strValue(normalPath(joinPath(root, ...(texts as string[]))), derived(args.at, ...parts));
}

const ENV = nativeClass('environ.Env', METHODS);
const FILE_AWARE = nativeClass('environ.FileAwareEnv', {}, [ENV]);

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...['environ.Env', 'environ.environ.Env'].map((name) => [name, (): Value => ENV] as const),
    ['environ.FileAwareEnv', () => FILE_AWARE],
    ['environ.Path', () => PATH],
    ['environ.ImproperlyConfigured', exceptionModel('django.core.exceptions.ImproperlyConfigured')],
    ...functionsOf('environ.Env', { read_env: readEnv }),
  ]),
  distributions: new Map([['environ', ['django-environ']]]),
};
