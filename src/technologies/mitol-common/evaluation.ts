import { originOfVariable, readVariable } from '../../link/python/environment.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { functionsOf, textOf } from '../../link/python/library.js';
import { argument, type Native, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import {
  boolValue,
  dependingOn,
  derived,
  intValue,
  listValue,
  strValue,
  unknownValue,
} from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

type Parse = (py: Interpreter, value: Value, args: Arguments) => Value;

/**
 * `mitol.common.envs` of mitol-django-common (https://github.com/mitodl/ol-django): a default is given back as it is. What is
 * required must be set wherever the application is deployed, whatever the default says.
 */
function reading(parse: Parse): Native {
  return (py, args) => {
    const name = argument(args, 0, 'name');
    if (name?.kind !== 'str') return unknownValue('the name of the variable is not known', derived(args.at));
    const held = readVariable(py, name.value);
    if (held !== undefined) return dependingOn(parsed(py, held, args, parse), [name.value]);
    const origin = originOfVariable(name.value, args.at);
    const required = args.keywords.get('required');
    if (required !== undefined && truth(required) !== false)
      return unknownValue(`environment variable ${name.value} is required and set nowhere in the repository`, origin);
    const fallback = args.keywords.get('default') ?? args.positional[1];
    return fallback === undefined
      ? unknownValue(`environment variable ${name.value} is not set, and has no default`, origin)
      : dependingOn(fallback, [name.value]);
  };
}

function parsed(py: Interpreter, value: Value, args: Arguments, parse: Parse): Value {
  return spread(args.at, [value], ([one = value]) => parsed(py, one, args, parse)) ?? parse(py, value, args);
}

const invalid = (py: Interpreter, args: Arguments, value: Value, wanted: string): Value =>
  fail(py, 'mitol.common.envs.EnvironmentVariableParseException', `the variable is no ${wanted}`, args.at, value);

const toBool: Parse = (py, value, args) => {
  const text = textOf(value)?.toLowerCase();
  if (text !== 'true' && text !== 'false') return invalid(py, args, value, 'truth value');
  return boolValue(text === 'true', derived(args.at, value));
};

const toInt: Parse = (py, value, args) => {
  const text = textOf(value) ?? '';
  return /^\s*-?\d{1,15}\s*$/.test(text)
    ? intValue(Number(text), derived(args.at, value))
    : invalid(py, args, value, 'number');
};

const toList: Parse = (_, value, args) => {
  const origin = derived(args.at, value);
  const words = (textOf(value) ?? '').split(',').map((word) => word.trim());
  return listValue(
    words.filter((word) => word !== '').map((word) => strValue(word, origin)),
    origin,
  );
};

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('mitol.common.envs', {
      get_string: reading((_, value) => value),
      get_int: reading(toInt),
      get_bool: reading(toBool),
      get_delimited_list: reading(toList),
    }),
  ]),
  distributions: new Map([['mitol.common', ['mitol-django-common']]]),
};
