import { attribute } from '../../link/python/attributes.js';
import {
  callerFolder,
  lineOf,
  originOfVariable,
  readVariable,
  searchUpwards,
  setVariable,
} from '../../link/python/environment.js';
import { kindOfPath, readText } from '../../link/python/files.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { touch } from '../../link/python/journal.js';
import { textOf } from '../../link/python/library.js';
import { durationOf } from '../../link/python/duration.js';
import { argument, exceptionModel, nativeClass, type Native, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import {
  boolValue,
  dependingOn,
  derived,
  dictValue,
  intValue,
  listValue,
  noneValue,
  strValue,
  unknownValue,
} from '../../link/python/values.js';
import type { InstanceValue, Value } from '../../link/value.js';

/** From environs 14 (`environs/__init__.py`): a default is given back as it is, a value is parsed. */
type Parse = (py: Interpreter, value: Value, args: Arguments) => Value;

const selfOf = (args: Arguments): InstanceValue | undefined =>
  args.positional[0]?.kind === 'instance' ? args.positional[0] : undefined;

function reading(parse: Parse, parsesDefault = false, readsUnknown = false): Native {
  return (py, args) => {
    const name = argument(args, 1, 'name');
    if (name?.kind !== 'str') return unknownValue('the name of the variable is not known', derived(args.at));
    const full = (textOf(selfOf(args)?.attributes.get('#prefix')) ?? '') + name.value;
    const fallback = args.keywords.get('default') ?? args.positional[2];
    const held = readVariable(py, full);
    const origin = originOfVariable(full, args.at);
    if (held === undefined) {
      if (fallback === undefined) {
        const missing = fail(
          py,
          'environs.EnvError',
          `environment variable ${full} is required and set nowhere in the repository`,
          args.at,
          strValue(full, origin),
        );
        // What the call says beside the address is known all the same.
        return readsUnknown ? parse(py, missing, args) : missing;
      }
      return dependingOn(parsesDefault ? parsed(py, fallback, args, parse) : fallback, [full]);
    }
    const read = readsUnknown && held.kind === 'unknown' && held.candidates === undefined ? parse : undefined;
    return dependingOn(read?.(py, held, args) ?? parsed(py, held, args, parse), [full]);
  };
}

function parsed(py: Interpreter, value: Value, args: Arguments, parse: Parse): Value {
  const open = spread(args.at, [value], ([one = value]) => parsed(py, one, args, parse));
  if (open !== undefined) return open;
  return parse(py, value, args);
}

const call = (py: Interpreter, callee: Value | undefined, value: Value, args: Arguments): Value =>
  callee === undefined ? value : py.call(callee, { positional: [value], keywords: new Map(), at: args.at });

const TRUE = ['t', 'true', '1', 'on', 'y', 'yes'];
const FALSE = ['f', 'false', '0', 'off', 'n', 'no'];

const toBool: Parse = (py, value, args) => {
  const text = textOf(value)?.toLowerCase();
  if (value.kind === 'bool') return value;
  if (text !== undefined && (TRUE.includes(text) || FALSE.includes(text)))
    return boolValue(TRUE.includes(text), derived(args.at, value));
  return fail(py, 'environs.EnvError', 'the variable is no truth value', args.at, value);
};

/** `subcast` of lists and dictionaries; `bool` reads words there, as everywhere in this library. */
const subcast = (py: Interpreter, cast: Value | undefined, value: Value, args: Arguments): Value =>
  cast?.kind === 'class' && cast.qualifiedName === 'builtins.bool'
    ? toBool(py, value, args)
    : call(py, cast, value, args);

const toList: Parse = (py, value, args) => {
  const text = textOf(value);
  if (text === undefined) return value;
  const origin = derived(args.at, value);
  const cast = args.keywords.get('subcast') ?? args.positional[3];
  const parts = text === '' ? [] : text.split(textOf(args.keywords.get('delimiter')) ?? ',');
  return listValue(
    parts.map((part) => subcast(py, cast, strValue(part, origin), args)),
    origin,
  );
};

const toDict: Parse = (py, value, args) => {
  const text = textOf(value);
  if (text === undefined) return value;
  const origin = derived(args.at, value);
  const pairs = text.split(textOf(args.keywords.get('delimiter')) ?? ',').filter((part) => part.includes('='));
  const keys = args.keywords.get('subcast_keys');
  const values = args.keywords.get('subcast_values') ?? args.keywords.get('subcast');
  return dictValue(
    pairs.map((part) => {
      const cut = part.indexOf('=');
      const [key, one] = [strValue(part.slice(0, cut).trim(), origin), strValue(part.slice(cut + 1).trim(), origin)];
      return [subcast(py, keys, key, args), subcast(py, values, one, args)];
    }),
    origin,
  );
};

/** A function of another module on the value. */
const through =
  (module: string, name: string): Parse =>
  (py, value, args) => {
    const keywords = new Map([...args.keywords].filter(([key]) => key !== 'default'));
    return py.call(attribute(py, py.importModule(module, args.at), name, args.at), {
      positional: [value],
      keywords: name === 'parse' ? keywords : new Map(),
      at: args.at,
    });
  };

const LEVELS: Readonly<Record<string, number>> = {
  CRITICAL: 50,
  FATAL: 50,
  ERROR: 40,
  WARNING: 30,
  WARN: 30,
  INFO: 20,
  DEBUG: 10,
  NOTSET: 0,
};

const builtin =
  (name: string): Parse =>
  (py, value, args) =>
    call(py, py.builtins.get(name), value, args);

const readEnv: Native = (py, args) => {
  const given = args.keywords.get('path') ?? args.positional.find((one) => one.kind === 'str' || one.kind === 'path');
  const recurse = args.keywords.get('recurse');
  const start = given === undefined || given.kind === 'none' ? `${callerFolder(py)}/.env` : textOf(given);
  const override = args.keywords.get('override');
  if (start === undefined) return unknownValue('the path of the file is not known', derived(args.at));
  const cut = start.lastIndexOf('/');
  const path =
    recurse !== undefined && truth(recurse) === false
      ? start
      : cut < 0
        ? searchUpwards(py, [start])
        : searchUpwards(py, [start.slice(cut + 1)], start.slice(0, cut));
  if (path === undefined || kindOfPath(py, path) !== 'file') return boolValue(false, derived(args.at));
  for (const [i, line] of (readText(py, path) ?? '').split(/\r?\n/).entries()) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line);
    if (match?.[1] === undefined) continue;
    const raw = (match[2] ?? '').trim();
    const quoted = /^(["'])(.*?)\1/.exec(raw);
    const value = strValue(quoted?.[2] ?? raw.replace(/\s+#.*$/, ''), {
      locations: [lineOf(py, path, i + 1)],
      variables: [match[1]],
    });
    if (readVariable(py, match[1]) === undefined || (override !== undefined && truth(override) === true))
      setVariable(py, match[1], value);
  }
  return boolValue(true, derived(args.at));
};

const METHODS: Readonly<Record<string, Native>> = {
  __init__: () => noneValue(),
  __call__: reading((py, value, args) => call(py, args.keywords.get('subcast') ?? args.positional[3], value, args)),
  str: reading((_, value) => value),
  int: reading(builtin('int')),
  float: reading(builtin('float')),
  bool: reading(toBool),
  list: reading(toList),
  dict: reading(toDict),
  json: reading(through('json', 'loads')),
  path: reading(through('pathlib', 'Path'), true),
  url: reading(through('urllib.parse', 'urlparse'), true),
  // A default is given back as it is; what a variable holds is a value of another class.
  ...Object.fromEntries(
    ['enum', 'datetime', 'date', 'time', 'uuid', 'decimal'].map((name) => [
      name,
      reading((_, value, args) =>
        unknownValue(`a variable that is read as ${name} is not followed`, derived(args.at, value)),
      ),
    ]),
  ),
  log_level: reading((_, value, args) => {
    const text = textOf(value)?.trim();
    const level = text === undefined ? undefined : /^\d+$/.test(text) ? Number(text) : LEVELS[text.toUpperCase()];
    return level === undefined
      ? unknownValue('the level is not known', derived(args.at, value))
      : intValue(level, derived(args.at, value));
  }, true),
  timedelta: reading((_, value, args) =>
    /^\d+$/.test(textOf(value) ?? '')
      ? durationOf(Number(textOf(value)), derived(args.at, value))
      : unknownValue('the duration is not known', derived(args.at, value)),
  ),
  dj_db_url: reading(through('dj_database_url', 'parse'), true, true),
  dj_email_url: reading(through('dj_email_url', 'parse'), true, true),
  dj_cache_url: reading(through('django_cache_url', 'parse'), true),
  read_env: readEnv,
  seal: () => noneValue(),
  prefixed: (_, args) => {
    const self = selfOf(args);
    const prefix = textOf(argument(args, 1, 'prefix'));
    if (self === undefined || prefix === undefined) return unknownValue('the prefix is not known', derived(args.at));
    // Read inside a `with`: the object itself has the prefix until the block ends.
    self.attributes.set('#pending', strValue((textOf(self.attributes.get('#prefix')) ?? '') + prefix));
    return { ...contextOf(self), origin: derived(args.at) };
  },
};

const PREFIXED = nativeClass('environs.prefixed', {
  __enter__: (py, args) => {
    const env = selfOf(args)?.attributes.get('#env');
    if (env?.kind !== 'instance') return noneValue();
    const before = env.attributes.get('#prefix') ?? strValue('');
    selfOf(args)?.attributes.set('#before', before);
    touch(py, env.attributes);
    env.attributes.set('#prefix', env.attributes.get('#pending') ?? before);
    return env;
  },
  __exit__: (py, args) => {
    const env = selfOf(args)?.attributes.get('#env');
    const before = selfOf(args)?.attributes.get('#before');
    if (env?.kind === 'instance' && before !== undefined) {
      touch(py, env.attributes);
      env.attributes.set('#prefix', before);
    }
    return noneValue();
  },
});

function contextOf(env: InstanceValue): InstanceValue {
  return { kind: 'instance', class: PREFIXED, attributes: new Map<string, Value>([['#env', env]]), origin: env.origin };
}

const ENV = nativeClass('environs.Env', METHODS);

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['environs.Env', () => ENV],
    ['environs.FileAwareEnv', () => ENV],
    [
      'environs.env',
      () => ({ kind: 'instance', class: ENV, attributes: new Map(), origin: { locations: [], variables: [] } }),
    ],
    ['environs.EnvError', exceptionModel('environs.EnvError', 'ValueError')],
  ]),
};
