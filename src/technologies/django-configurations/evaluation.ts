import { attribute } from '../../link/python/attributes.js';
import { originOfVariable, readVariable } from '../../link/python/environment.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { iterate } from '../../link/python/iterate.js';
import { textOf } from '../../link/python/library.js';
import { nativeClass, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import {
  boolValue,
  dependingOn,
  derived,
  listValue,
  noneValue,
  recordValue,
  setValue,
  strValue,
  tupleValue,
  unknownValue,
} from '../../link/python/values.js';
import type { ClassValue, InstanceValue, Value } from '../../link/value.js';

/** From django-configurations 2.5 (`configurations/values.py`). */
type Cast = (py: Interpreter, text: Value, self: InstanceValue, args: Arguments) => Value;

interface Kind {
  readonly cast: Cast;
  /** The variable that is read where the class body does not name one. */
  readonly variable?: string;
  readonly required?: boolean;
  /** Makes the setting of what was read, or of the default. */
  readonly whole?: (value: Value) => Value;
}

const given = (self: InstanceValue, name: string): Value | undefined => self.attributes.get(`given:${name}`);
const call = (py: Interpreter, callee: Value | undefined, value: Value, args: Arguments): Value =>
  callee === undefined ? value : py.call(callee, { positional: [value], keywords: new Map(), at: args.at });
const builtin =
  (name: string): Cast =>
  (py, text, _, args) =>
    call(py, py.builtins.get(name), text, args);
const same: Cast = (_, text) => text;

const toBool: Cast = (py, text, _, args) => {
  const word = textOf(text)?.trim().toLowerCase();
  if (word !== undefined && ['yes', 'y', 'true', '1'].includes(word)) return boolValue(true, derived(args.at, text));
  if (word !== undefined && ['no', 'n', 'false', '0', ''].includes(word))
    return boolValue(false, derived(args.at, text));
  return fail(py, 'ValueError', 'the variable is no truth value', args.at, text);
};

const toItems =
  (make: (items: Value[], args: Arguments) => Value): Cast =>
  (py, text, self, args) => {
    const word = textOf(text);
    if (word === undefined) return unknownValue('the variable is no text', derived(args.at, text));
    const separator = textOf(given(self, 'separator')) ?? ',';
    const parts = word
      .trim()
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return make(
      parts.map((part) => call(py, given(self, 'converter'), strValue(part, derived(args.at, text)), args)),
      args,
    );
  };

/** A setting that is made of an address by another library. */
const through =
  (module: string): Cast =>
  (py, text, _, args) =>
    call(py, attribute(py, py.importModule(module, args.at), 'parse', args.at), text, args);

const byAlias = (value: Value): Value =>
  value.kind === 'none' ? value : recordValue([['default', value]], value.origin);

const KINDS: Readonly<Record<string, Kind>> = {
  Value: { cast: same },
  BooleanValue: { cast: toBool },
  IntegerValue: { cast: builtin('int') },
  PositiveIntegerValue: { cast: builtin('int') },
  FloatValue: { cast: builtin('float') },
  ListValue: { cast: toItems((items, args) => listValue(items, derived(args.at))) },
  TupleValue: { cast: toItems((items, args) => tupleValue(items, derived(args.at))) },
  SetValue: { cast: toItems((items, args) => setValue(items, derived(args.at))) },
  EmailValue: { cast: same },
  URLValue: { cast: same },
  IPValue: { cast: same },
  PathValue: { cast: same },
  SecretValue: { cast: same, required: true },
  DatabaseURLValue: { cast: through('dj_database_url'), variable: 'DATABASE_URL', whole: byAlias },
  CacheURLValue: { cast: through('django_cache_url'), variable: 'CACHE_URL', whole: byAlias },
  EmailURLValue: { cast: through('dj_email_url'), variable: 'EMAIL_URL' },
};

function read(py: Interpreter, kind: Kind, self: InstanceValue, name: string, args: Arguments): Value {
  const fallback = given(self, 'default');
  const prefix = given(self, 'environ_prefix');
  const own = textOf(given(self, 'environ_name')) ?? kind.variable ?? name;
  const head =
    prefix === undefined
      ? kind.variable === undefined
        ? 'DJANGO'
        : undefined
      : prefix.kind === 'none'
        ? undefined
        : textOf(prefix);
  const variable = head === undefined || head === '' ? own : `${head}_${own}`;
  const wanted = given(self, 'environ');
  const held = wanted !== undefined && truth(wanted) === false ? undefined : readVariable(py, variable);
  const required = given(self, 'environ_required');
  const whole = kind.whole ?? ((value: Value): Value => value);
  if (held !== undefined) {
    const open = spread(args.at, [held], ([one = held]) => whole(kind.cast(py, one, self, args)));
    return dependingOn(open ?? whole(kind.cast(py, held, self, args)), [variable]);
  }
  const origin = originOfVariable(variable, args.at);
  if (kind.required === true || (required !== undefined && truth(required) === true))
    return fail(
      py,
      'django.core.exceptions.ImproperlyConfigured',
      `environment variable ${variable} is required and set nowhere in the repository`,
      args.at,
      strValue(variable, origin),
    );
  if (fallback === undefined || fallback.kind === 'none') return noneValue(origin);
  const items = kind.cast === same ? undefined : iterate(py, fallback, args.at);
  const value =
    fallback.kind === 'str' && kind.variable !== undefined ? whole(kind.cast(py, fallback, self, args)) : fallback;
  if (value.kind === 'list' && items !== undefined) return listValue([...value.items], origin);
  return dependingOn(value, [variable]);
}

const BASE = nativeClass('configurations.values.Value', {});

function typeOf(name: string, kind: Kind): ClassValue {
  return nativeClass(
    `configurations.values.${name}`,
    {
      __init__: (_, args) => {
        const [self, fallback] = args.positional;
        if (self?.kind !== 'instance') return noneValue();
        if (fallback !== undefined) self.attributes.set('given:default', fallback);
        for (const [key, value] of args.keywords) self.attributes.set(`given:${key}`, value);
        return noneValue();
      },
      // The library tells each value the name it is bound to once the class is complete.
      '#named': (py, args) => {
        const [self, bound] = args.positional;
        if (self?.kind !== 'instance' || bound?.kind !== 'str') return noneValue();
        return read(py, kind, self, bound.value, args);
      },
    },
    [BASE],
  );
}

const TYPES = Object.entries(KINDS).map(
  ([name, kind]) => [`configurations.values.${name}`, typeOf(name, kind)] as const,
);

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>(TYPES.map(([name, type]) => [name, () => type])),
  distributions: new Map([['configurations', ['django-configurations']]]),
};
