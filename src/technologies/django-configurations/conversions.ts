import { attribute } from '../../link/python/attributes.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { iterate } from '../../link/python/iterate.js';
import { textOf } from '../../link/python/library.js';
import {
  boolValue,
  derived,
  listValue,
  recordValue,
  setValue,
  strValue,
  tupleValue,
  unknownValue,
} from '../../link/python/values.js';
import type { InstanceValue, Value } from '../../link/value.js';

/** From django-configurations 2.5 (`configurations/values.py`): what `to_python` makes of the text of a variable. */
export type Conversion = (py: Interpreter, text: Value, self: InstanceValue, args: Arguments) => Value;

type Make = (items: Value[], args: Arguments) => Value;

export interface Kind {
  readonly convert: Conversion;
  /** What `__init__` makes of the default; without one it stays as it is. */
  readonly prepare?: (py: Interpreter, fallback: Value | undefined, self: InstanceValue, args: Arguments) => Value;
  /** The variable that is read where the class body does not name one; without the usual prefix. */
  readonly variable?: string;
  readonly required?: boolean;
  /** It waits for the class to be complete, even where the variable is named. */
  readonly late?: boolean;
  /** What it gives is settings of their own. */
  readonly multiple?: boolean;
}

const call = (py: Interpreter, callee: Value | undefined, value: Value, args: Arguments): Value =>
  callee === undefined || callee.kind === 'none'
    ? value
    : py.call(callee, { positional: [value], keywords: new Map(), at: args.at });

const same: Conversion = (_, text) => text;

const builtin =
  (name: string): Conversion =>
  (py, text, _, args) =>
    call(py, py.builtins.get(name), text, args);

const toBool: Conversion = (py, text, _, args) => {
  const word = textOf(text)?.trim().toLowerCase();
  if (word !== undefined && ['yes', 'y', 'true', '1'].includes(word)) return boolValue(true, derived(args.at, text));
  if (word !== undefined && ['no', 'n', 'false', '0', ''].includes(word))
    return boolValue(false, derived(args.at, text));
  return fail(py, 'ValueError', 'the variable is no truth value', args.at, text);
};

const parts = (text: string, separator: string): string[] =>
  text
    .trim()
    .split(separator === '' ? ',' : separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const separatorOf = (self: InstanceValue, name: string, usual: string): string =>
  textOf(self.attributes.get(name)) ?? usual;

function converted(py: Interpreter, text: Value, self: InstanceValue, args: Arguments): Value[] {
  const origin = derived(args.at, text);
  return parts(textOf(text) ?? '', separatorOf(self, 'separator', ',')).map((part) =>
    call(py, self.attributes.get('converter'), strValue(part, origin), args),
  );
}

function sequence(make: Make, nested = false): Kind {
  const items: Conversion = (py, text, self, args) => {
    const word = textOf(text);
    if (word === undefined) return unknownValue('the variable is no text', derived(args.at, text));
    if (!nested) return make(converted(py, text, self, args), args);
    const groups = parts(word, separatorOf(self, 'seq_separator', ';'));
    return make(
      groups.map((group) => make(converted(py, strValue(group, derived(args.at, text)), self, args), args)),
      args,
    );
  };
  return {
    convert: items,
    prepare: (py, fallback, self, args) => {
      if (fallback === undefined || fallback.kind === 'none') return make([], args);
      const held = iterate(py, fallback, args.at);
      if (held === undefined)
        return unknownValue(
          fallback.kind === 'unknown' ? fallback.reason : 'the default is not known',
          derived(args.at, fallback),
        );
      const converter = self.attributes.get('converter');
      return make(nested ? [...held] : held.map((one) => call(py, converter, one, args)), args);
    },
  };
}

const list: Make = (items, args) => listValue(items, derived(args.at));
const tuple: Make = (items, args) => tupleValue(items, derived(args.at));
const set: Make = (items, args) => setValue(items, derived(args.at));

const literal: Conversion = (py, text, _, args) => {
  if (textOf(text) === '') return recordValue([], derived(args.at, text));
  return call(py, attribute(py, py.importModule('ast', args.at), 'literal_eval', args.at), text, args);
};

/** A setting that is made of an address by another library, under an alias where it is one of several. */
function address(module: string, variable: string, aliased: boolean): Kind {
  const convert: Conversion = (py, text, self, args) => {
    const made = call(py, attribute(py, py.importModule(module, args.at), 'parse', args.at), text, args);
    return aliased
      ? recordValue([[textOf(self.attributes.get('alias')) ?? 'default', made]], derived(args.at, text))
      : made;
  };
  return {
    convert,
    variable,
    late: true,
    multiple: !aliased,
    prepare: (py, fallback, self, args) =>
      fallback === undefined || fallback.kind === 'none'
        ? recordValue([], derived(args.at))
        : convert(py, fallback, self, args),
  };
}

export const KINDS: Readonly<Record<string, Kind>> = {
  Value: { convert: same },
  BooleanValue: { convert: toBool },
  IntegerValue: { convert: builtin('int') },
  PositiveIntegerValue: { convert: builtin('int') },
  FloatValue: { convert: builtin('float') },
  ListValue: sequence(list),
  TupleValue: sequence(tuple),
  SetValue: sequence(set),
  BackendsValue: sequence(list),
  SingleNestedListValue: sequence(list, true),
  SingleNestedTupleValue: sequence(tuple, true),
  DictValue: {
    convert: literal,
    prepare: (_, fallback, __, args) =>
      fallback === undefined || fallback.kind === 'none' ? recordValue([], derived(args.at)) : fallback,
  },
  EmailValue: { convert: same },
  URLValue: { convert: same },
  IPValue: { convert: same },
  RegexValue: { convert: same },
  PathValue: { convert: same },
  SecretValue: { convert: same, required: true },
  DatabaseURLValue: address('dj_database_url', 'DATABASE_URL', true),
  CacheURLValue: address('django_cache_url', 'CACHE_URL', true),
  EmailURLValue: address('dj_email_url', 'EMAIL_URL', false),
};
