import { findInClass, resolutionOrder } from '../../link/python/class-order.js';
import { originOfVariable, readVariable } from '../../link/python/environment.js';
import { fail, instanceOf, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { textOf } from '../../link/python/library.js';
import { nativeClass, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import {
  boolValue,
  dependingOn,
  derived,
  floatValue,
  intValue,
  noneValue,
  recordValue,
  strValue,
  unknownValue,
} from '../../link/python/values.js';
import { entry, type ClassValue, type ExternalValue, type InstanceValue, type Value } from '../../link/value.js';

/** From pydantic-settings 2 (https://docs.pydantic.dev/latest/concepts/pydantic_settings/), and `BaseSettings` of pydantic 1. */
const TRUE = ['1', 'on', 't', 'true', 'y', 'yes'];
const FALSE = ['0', 'off', 'f', 'false', 'n', 'no'];
const DATA = ['list', 'dict', 'set', 'tuple', 'sequence', 'mapping'];

/** A text that prints as stars: `get_secret_value()` gives it. */
const SECRET = nativeClass('pydantic.types.SecretStr', {
  __init__: (_, args) => {
    const [self, value] = args.positional;
    if (self?.kind === 'instance' && value !== undefined) self.attributes.set('#value', value);
    return noneValue();
  },
  get_secret_value: (_, args) => {
    const [self] = args.positional;
    const held = self?.kind === 'instance' ? self.attributes.get('#value') : undefined;
    return held ?? unknownValue('the secret is not known', derived(args.at));
  },
});

/** `model_config` of version 2, `class Config` of version 1. */
function configured(type: ClassValue, name: string): string | undefined {
  const config = findInClass(type, 'model_config').found;
  if (config?.kind === 'dict') return textOf(entry(config, name));
  const inner = findInClass(type, 'Config').found;
  return inner?.kind === 'class' ? textOf(inner.attributes.get(name)) : undefined;
}

/** The annotated names with the words of their types; what a class says of a name wins over its bases. */
function fieldsOf(type: ClassValue): Map<string, string | undefined> {
  const fields = new Map<string, string | undefined>();
  for (const base of [...resolutionOrder(type)].reverse()) {
    const annotations = base.kind === 'class' ? base.attributes.get('__annotations__') : undefined;
    if (annotations?.kind !== 'dict') continue;
    for (const { key, value } of annotations.entries.values())
      if (key.kind === 'str' && key.value !== 'model_config') fields.set(key.value, textOf(value));
  }
  return fields;
}

const isField = (value: Value | undefined): value is ExternalValue =>
  value?.kind === 'external' && /^pydantic(?:\.fields)?\.Field$/.test(value.name) && value.call !== undefined;

/** The variables that a field is read from, in their order. */
function variablesOf(type: ClassValue, name: string, field: ExternalValue | undefined): string[] {
  const keywords = field?.call?.keywords;
  const given = keywords?.get('validation_alias') ?? keywords?.get('alias') ?? keywords?.get('env');
  const choices = given?.kind === 'external' && given.name.endsWith('AliasChoices') ? given.call?.args : undefined;
  const aliases = (choices ?? (given === undefined ? [] : 'items' in given ? given.items : [given])).flatMap(
    (one) => textOf(one) ?? [],
  );
  return aliases.length > 0 ? aliases : [(configured(type, 'env_prefix') ?? '') + name];
}

function defaultOf(py: Interpreter, held: Value | undefined, args: Arguments): Value | undefined {
  if (!isField(held)) return held;
  const keywords = held.call?.keywords;
  const factory = keywords?.get('default_factory');
  if (factory !== undefined) return py.call(factory, { positional: [], keywords: new Map(), at: args.at });
  const given = keywords?.get('default') ?? held.call?.args[0];
  // `Field(...)`: it must be given.
  return given === undefined || /ellipsis/i.test(given.kind === 'external' ? given.name : given.kind)
    ? undefined
    : given;
}

function parsed(py: Interpreter, value: Value, word: string | undefined, args: Arguments): Value {
  const open = spread(args.at, [value], ([one = value]) => parsed(py, one, word, args));
  if (open !== undefined) return open;
  const text = textOf(value);
  if (text === undefined) return value;
  const origin = derived(args.at, value);
  const wrong = (): Value =>
    fail(py, 'ValueError', `the variable is no ${word ?? 'value'} that can be read`, args.at, value);
  if (word === 'bool') {
    const lower = text.trim().toLowerCase();
    return TRUE.includes(lower) ? boolValue(true, origin) : FALSE.includes(lower) ? boolValue(false, origin) : wrong();
  }
  if (word !== undefined && /(?:^int|Int)$/.test(word))
    return /^\s*[-+]?\d{1,15}\s*$/.test(text) ? intValue(Number(text), origin) : wrong();
  if (word === 'float') return Number.isFinite(Number(text)) ? floatValue(Number(text), origin) : wrong();
  if (word !== undefined && DATA.includes(word.toLowerCase()))
    return py.call(py.attribute(py.importModule('json', args.at), 'loads', args.at), {
      positional: [value],
      keywords: new Map(),
      at: args.at,
    });
  if (word === undefined || /^(?:str|Literal|literal|Any|Path|\w*Path|\w*Url|\w*Dsn|SecretStr|EmailStr)$/.test(word))
    return value;
  return unknownValue(`a variable that is read as ${word} is not followed`, origin);
}

const wrapped = (value: Value, word: string | undefined): Value =>
  word === 'SecretStr' && value.kind === 'str' ? instanceOf(SECRET, value.origin, [['#value', value]]) : value;

function fill(py: Interpreter, self: InstanceValue, args: Arguments): void {
  for (const [name, word] of fieldsOf(self.class)) {
    const held = findInClass(self.class, name).found;
    const names = variablesOf(self.class, name, isField(held) ? held : undefined);
    // Names are read whatever their case, unless the class says otherwise; people write them in capitals.
    const spellings = names.flatMap((one) => [one.toUpperCase(), one, one.toLowerCase()]);
    const variable = spellings[0] ?? name;
    const found = spellings.map((one) => readVariable(py, one)).find((value) => value !== undefined);
    const given = args.keywords.get(name);
    const fallback = defaultOf(py, held, args);
    const origin = originOfVariable(variable, args.at);
    const value =
      given ??
      (found === undefined ? undefined : parsed(py, found, word, args)) ??
      (fallback === undefined
        ? fail(
            py,
            'pydantic.ValidationError',
            `environment variable ${variable} is required and set nowhere in the repository`,
            args.at,
            strValue(variable, origin),
          )
        : dependingOn(fallback, [variable]));
    self.attributes.set(name, wrapped(value, word));
  }
}

const SETTINGS = nativeClass('pydantic_settings.BaseSettings', {
  __init__: (py, args) => {
    const [self] = args.positional;
    if (self?.kind === 'instance') fill(py, self, args);
    return noneValue();
  },
});

/** `SettingsConfigDict(env_prefix="APP_")`. */
const configDict = nativeClass('pydantic_settings.SettingsConfigDict', {});
configDict.attributes.set(
  '#new',
  nativeClass('', { new: (_, args) => recordValue([...args.keywords], derived(args.at)) }).attributes.get('new') ??
    noneValue(),
);

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...['pydantic_settings', 'pydantic_settings.main', 'pydantic', 'pydantic.env_settings', 'pydantic.v1'].map(
      (module): [string, () => Value] => [`${module}.BaseSettings`, () => SETTINGS],
    ),
    ...['pydantic', 'pydantic.types', 'pydantic.v1'].map((module): [string, () => Value] => [
      `${module}.SecretStr`,
      () => SECRET,
    ]),
    ['pydantic_settings.SettingsConfigDict', () => configDict],
  ]),
  distributions: new Map([['pydantic_settings', ['pydantic-settings']]]),
};
