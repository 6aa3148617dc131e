import { originOfVariable, readVariable } from '../../link/python/environment.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { textOf } from '../../link/python/library.js';
import { argument, exceptionModel, nativeClass, nativeFunction, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import {
  boolValue,
  dependingOn,
  derived,
  listValue,
  noneValue,
  strValue,
  unknownValue,
} from '../../link/python/values.js';
import type { ClassValue, Value } from '../../link/value.js';

/** From everett 3.4 (`everett/manager.py`). */
const TRUE = ['t', 'true', 'yes', 'y', 'on', '1'];
const FALSE = ['f', 'false', 'no', 'n', 'off', '0'];

/** `config(key, namespace=None, default=..., default_if_empty=True, alternate_keys=..., parser=str, raise_error=True)` */
function lookUp(py: Interpreter, args: Arguments): Value {
  const key = argument(args, 0, 'key');
  if (key?.kind !== 'str') return unknownValue('the name of the option is not known', derived(args.at));
  const namespace = textOf(argument(args, 1, 'namespace'));
  const alternates = args.keywords.get('alternate_keys');
  const others =
    alternates !== undefined && 'items' in alternates ? alternates.items.flatMap((one) => textOf(one) ?? []) : [];
  const keys = [
    ...(namespace === undefined ? [key.value] : [`${namespace}_${key.value}`]),
    ...others.map((one) => one.replace(/^root:/, '')),
  ];
  const variables = keys.map((one) => one.toUpperCase().replaceAll('.', '_'));
  const [variable = key.value] = variables;
  const set = variables
    .map((name) => readVariable(py, name))
    .find((value) => value !== undefined && textOf(value) !== '');
  const given = set ?? argument(args, 2, 'default');
  if (given === undefined) {
    const raises = args.keywords.get('raise_error');
    if (raises?.kind === 'bool' && !raises.value) return noneValue(originOfVariable(variable, args.at));
    const message = `option ${variable} is required and set nowhere in the repository`;
    return fail(
      py,
      'everett.ConfigurationMissingError',
      message,
      args.at,
      strValue(variable, originOfVariable(variable, args.at)),
    );
  }
  // A default goes through the parser as well, unless it is no text.
  const parser = args.keywords.get('parser') ?? args.positional[5];
  const value = dependingOn(given, [variable]);
  const parsed = parser === undefined || value.kind === 'none' ? value : parse(py, parser, value, args);
  return dependingOn(parsed, [variable]);
}

function parse(py: Interpreter, parser: Value, value: Value, args: Arguments): Value {
  const open = spread(args.at, [value], ([one = value]) => parse(py, parser, one, args));
  if (open !== undefined) return open;
  // Everett reads truth values by words where it is told `bool`.
  const isBool = parser.kind === 'class' && parser.qualifiedName === 'builtins.bool';
  return isBool ? toBool(py, value, args) : py.call(parser, { positional: [value], keywords: new Map(), at: args.at });
}

function toBool(py: Interpreter, value: Value, args: Arguments): Value {
  const text = textOf(value)?.trim().toLowerCase();
  const origin = derived(args.at, value);
  if (value.kind === 'bool') return value;
  if (text !== undefined && TRUE.includes(text)) return boolValue(true, origin);
  if (text !== undefined && FALSE.includes(text)) return boolValue(false, origin);
  return fail(py, 'ValueError', 'the option is no truth value', args.at, value);
}

const parseBool = nativeFunction('parse_bool', (py, args) => {
  const value = args.positional[0] ?? noneValue();
  return spread(args.at, [value], ([one = value]) => toBool(py, one, args)) ?? toBool(py, value, args);
});

const MANAGER: ClassValue = nativeClass('everett.manager.ConfigManager', {
  __call__: (py, args) => lookUp(py, { ...args, positional: args.positional.slice(1) }),
  basic_config: (py, args) => py.call(MANAGER, { positional: [], keywords: new Map(), at: args.at }),
  with_options: (_, args) => args.positional[0] ?? noneValue(),
  with_namespace: (_, args) => unknownValue('options of a namespace are not followed', derived(args.at)),
});

/** `ListOf(parser, delimiter=",")` */
const LIST_OF = nativeClass('everett.manager.ListOf', {
  __init__: (_, args) => {
    const [self, parser, delimiter] = args.positional;
    if (self?.kind !== 'instance') return noneValue();
    if (parser !== undefined) self.attributes.set('parser', parser);
    const between = args.keywords.get('delimiter') ?? delimiter;
    if (between !== undefined) self.attributes.set('delimiter', between);
    return noneValue();
  },
  __call__: (py, args) => {
    const [self, value] = args.positional;
    if (self?.kind !== 'instance' || value?.kind !== 'str')
      return unknownValue('the list is not known', derived(args.at));
    const parser = self.attributes.get('parser');
    const origin = derived(args.at, value);
    const parts = value.value.split(textOf(self.attributes.get('delimiter')) ?? ',').map((part) => part.trim());
    const items = parts
      .filter((part) => part !== '')
      .map((part) => {
        const one = strValue(part, origin);
        return parser === undefined ? one : parse(py, parser, one, args);
      });
    return listValue(items, origin);
  },
});

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['everett.manager.ConfigManager', () => MANAGER],
    ['everett.manager.ListOf', () => LIST_OF],
    ['everett.manager.parse_bool', () => parseBool],
    ['everett.ConfigurationMissingError', exceptionModel('everett.ConfigurationMissingError')],
  ]),
};
