import { findInClass } from '../../link/python/class-order.js';
import { lineOf, originOfVariable, readVariable, setVariable } from '../../link/python/environment.js';
import { readText } from '../../link/python/files.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { textOf } from '../../link/python/library.js';
import { nativeClass, nativeFunction, type Native, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import { boolValue, dependingOn, derived, noneValue, strValue, unknownValue } from '../../link/python/values.js';
import type { ClassValue, InstanceValue, Value } from '../../link/value.js';
import { KINDS, type Kind } from './conversions.js';

/** A method of the object that stands for a setting. */
function onValue(run: (py: Interpreter, self: InstanceValue, args: Arguments) => Value): Native {
  return (py, args) => {
    const [self, ...positional] = args.positional;
    return self?.kind === 'instance'
      ? run(py, self, { ...args, positional })
      : unknownValue('the setting is not known', derived(args.at));
  };
}

const isTrue = (value: Value | undefined): boolean => value !== undefined && truth(value) === true;
const held = (self: InstanceValue, name: string): Value | undefined => self.attributes.get(name);
const method = (py: Interpreter, self: InstanceValue, name: string, value: Value, args: Arguments): Value =>
  py.call(py.attribute(self, name, args.at), { positional: [value], keywords: new Map(), at: args.at });

const init = (kind: Kind): Native =>
  onValue((py, self, args) => {
    const names = ['default', 'environ', 'environ_name', 'environ_prefix', 'environ_required'];
    names.forEach((name, i) => {
      const given = args.keywords.get(name) ?? args.positional[i];
      if (given !== undefined) self.attributes.set(name, given);
    });
    for (const [name, value] of args.keywords) self.attributes.set(name, value);
    const own = (name: string, value: Value): void => {
      if (!self.attributes.has(name)) self.attributes.set(name, value);
    };
    own('environ', boolValue(true));
    own('environ_name', kind.variable === undefined ? noneValue() : strValue(kind.variable));
    own('environ_prefix', kind.variable === undefined ? strValue('DJANGO') : noneValue());
    own('environ_required', boolValue(kind.required === true));
    const fallback = held(self, 'default');
    const given = fallback?.kind === 'instance' ? (held(fallback, 'default') ?? fallback) : fallback;
    // What an address is taken apart into depends on the variable as the address does.
    const inner =
      kind.variable === undefined || given === undefined ? given : dependingOn(given, [variableOf(self, '')]);
    self.attributes.set('default', kind.prepare?.(py, inner, self, args) ?? inner ?? noneValue(derived(args.at)));
    return noneValue();
  });

/** The variable that a setting is read from. */
function variableOf(self: InstanceValue, name: string): string {
  const own = textOf(held(self, 'environ_name')) ?? name.toUpperCase();
  const prefix = textOf(held(self, 'environ_prefix'))?.replace(/_$/, '');
  return prefix === undefined || prefix === '' ? own : `${prefix}_${own}`;
}

/** `setup(name)`: what the variable says, else the default. */
const setup = onValue((py, self, args) => {
  const name = textOf(args.positional[0]) ?? '';
  const fallback = held(self, 'default') ?? noneValue();
  const environ = held(self, 'environ');
  if (environ !== undefined && truth(environ) === false) return fallback;
  const variable = variableOf(self, name);
  const found = readVariable(py, variable);
  const origin = originOfVariable(variable, args.at);
  if (found !== undefined) {
    const open = spread(args.at, [found], ([one = found]) => method(py, self, 'to_python', one, args));
    return dependingOn(open ?? method(py, self, 'to_python', found, args), [variable]);
  }
  if (isTrue(held(self, 'environ_required')))
    return fail(
      py,
      'django.core.exceptions.ImproperlyConfigured',
      `environment variable ${variable} is required and set nowhere in the repository`,
      args.at,
      strValue(variable, origin),
    );
  return fallback.kind === 'none' ? noneValue(origin) : dependingOn(fallback, [variable]);
});

/** What an object that was not told its name is worth: its variable where it names one, else its default. */
function worth(py: Interpreter, self: InstanceValue, args: Arguments): Value {
  const name = held(self, 'environ_name') ?? noneValue();
  return name.kind === 'none' ? (held(self, 'default') ?? noneValue()) : method(py, self, 'setup', name, args);
}

const BASE = nativeClass('configurations.values.Value', {
  __init__: init({ convert: (_, text) => text }),
  setup,
  __str__: onValue((py, self, args) => {
    const text = py.builtins.get('str') ?? noneValue();
    return py.call(text, { positional: [worth(py, self, args)], keywords: new Map(), at: args.at });
  }),
  __bool__: onValue((py, self, args) => {
    const bool = py.builtins.get('bool') ?? noneValue();
    return py.call(bool, { positional: [worth(py, self, args)], keywords: new Map(), at: args.at });
  }),
  '#worth': onValue(worth),
  // An object whose variable is named, or that reads none, is its value as soon as it is made.
  '#settled': onValue((py, self, args) => {
    const late = held(self, 'late_binding');
    const environ = held(self, 'environ');
    const name = held(self, 'environ_name') ?? noneValue();
    if (isTrue(late)) return self;
    if (environ !== undefined && truth(environ) === false)
      return isTrue(held(self, 'default')) ? method(py, self, 'setup', name, args) : self;
    return name.kind === 'none' ? self : method(py, self, 'setup', name, args);
  }),
  // The library tells each value the name it is bound to once the class is complete.
  '#named': onValue((py, self, args) => {
    const [bound] = args.positional;
    return bound === undefined ? noneValue() : method(py, self, 'setup', bound, args);
  }),
});

function typeOf(name: string, kind: Kind): ClassValue {
  const type = nativeClass(
    `configurations.values.${name}`,
    {
      __init__: init(kind),
      to_python: onValue((py, self, args) => kind.convert(py, args.positional[0] ?? noneValue(), self, args)),
    },
    [BASE],
  );
  if (kind.late === true) type.attributes.set('#settled', LATE);
  if (kind.multiple === true) type.attributes.set('#multiple', boolValue(true));
  return type;
}

const LATE = nativeClass('', { late: onValue((_, self) => self) }).attributes.get('late') ?? noneValue();

const TYPES = Object.entries(KINDS).map(
  ([name, kind]) => [`configurations.values.${name}`, typeOf(name, kind)] as const,
);

/** `DOTENV`, the file of variables that a class names for itself. */
const readVariables = nativeFunction('load_dotenv', (py, args) => {
  const [type] = args.positional;
  const path = type?.kind === 'class' ? textOf(findInClass(type, 'DOTENV').found) : undefined;
  const text = path === undefined ? undefined : readText(py, path);
  for (const [i, line] of (text ?? '').split(/\r?\n/).entries()) {
    const match = /^([A-Za-z_0-9]+)=(.*)$/.exec(line);
    if (match?.[1] === undefined || path === undefined || readVariable(py, match[1]) !== undefined) continue;
    const quoted = /^(["'])(.*)\1$/.exec(match[2] ?? '');
    const value = quoted?.[2] ?? match[2] ?? '';
    setVariable(py, match[1], strValue(value, { locations: [lineOf(py, path, i + 1)], variables: [match[1]] }));
  }
  return noneValue();
});

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...TYPES.map(([name, type]): [string, () => Value] => [name, () => type]),
    ['configurations.Configuration.#before', () => readVariables],
  ]),
  distributions: new Map([['configurations', ['django-configurations']]]),
};
