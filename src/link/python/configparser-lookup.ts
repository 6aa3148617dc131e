import { type Interpreter, type Arguments, PythonRaise, classOfException, fail, LIMITS } from './interpreter.js';
import type { ClassValue, FunctionValue, InstanceValue, Value } from '../value.js';
import { bind, closureOf } from './functions.js';
import { nativeFunction } from './models.js';
import { spelled, sectionOf, DEFAULT, openOf, isText } from './configparser-state.js';
import { derived, noneValue, unknownValue, strValue, boolValue } from './values.js';
import { truth } from './truth.js';
import { findInClass } from './class-order.js';

/** The value of an option: undefined where there is none. */
export function optionOf(py: Interpreter, parser: InstanceValue, section: string, option: string): Value | undefined {
  const name = `s${spelled(parser, option)}`;
  const own = sectionOf(py, parser, section)?.entries.get(name)?.value;
  return own ?? sectionOf(py, parser, DEFAULT)?.entries.get(name)?.value;
}

export function get(py: Interpreter, parser: InstanceValue, args: Arguments, fallback: Value | undefined): Value {
  const [section, option] = args.positional;
  const origin = derived(args.at, ...args.positional);
  const open = openOf(parser);
  const vars = args.keywords.get('vars');
  if (open !== undefined || (vars !== undefined && vars.kind !== 'none') || !isText(section) || !isText(option))
    return unknownValue(open?.reason ?? 'which option is read is not known', open?.origin ?? origin);
  const found = optionOf(py, parser, section.value, option.value);
  if (found !== undefined) return interpolated(py, parser, section.value, found, args, 0);
  if (fallback !== undefined) return fallback;
  const known = section.value === DEFAULT || sectionOf(py, parser, section.value) !== undefined;
  return fail(
    py,
    `configparser.${known ? 'NoOptionError' : 'NoSectionError'}`,
    `option ${option.value} is not in section ${section.value}`,
    args.at,
  );
}

/** Puts in values of other options, as the parser was told to. */
function interpolated(
  py: Interpreter,
  parser: InstanceValue,
  section: string,
  value: Value,
  args: Arguments,
  depth: number,
): Value {
  const raw = args.keywords.get('raw');
  if (value.kind !== 'str' || (raw !== undefined && truth(raw) === true)) return value;
  const way = parser.attributes.get('#interpolation');
  if (way?.kind === 'none' || findInClass(parser.class, '#raw').found !== undefined) return value;
  if (way !== undefined)
    return value.value.includes('$') ? unknownValue('the text is put together', value.origin) : value;
  if (!value.value.includes('%')) return value;
  const used: Value[] = [value];
  let known = depth < 10;
  const text = value.value.replace(/%(?:%|\(([^)]*)\)s)?/g, (mark, key: string | undefined) => {
    if (mark === '%%') return '%';
    const other = key === undefined ? undefined : optionOf(py, parser, section, key);
    const part = other === undefined || !known ? undefined : interpolated(py, parser, section, other, args, depth + 1);
    if (part?.kind !== 'str') {
      known = false;
      return '';
    }
    used.push(part);
    return part.value;
  });
  const origin = derived(args.at, ...used);
  return known && text.length <= LIMITS.characters
    ? strValue(text, origin)
    : unknownValue('an option that another one names is not known', origin);
}

type Convert = (py: Interpreter, value: Value, args: Arguments) => Value;

const through =
  (name: string): Convert =>
  (py, value, args) => {
    const type = py.builtins.get(name);
    return type === undefined ? value : py.call(type, { positional: [value], keywords: new Map(), at: args.at });
  };

const STATES: Readonly<Record<string, boolean>> = {
  '1': true,
  yes: true,
  true: true,
  on: true,
  '0': false,
  no: false,
  false: false,
  off: false,
};

const toBool: Convert = (py, value, args) => {
  if (value.kind !== 'str') return value.kind === 'unknown' ? value : unknownValue('the option is no text');
  const state = STATES[value.value.toLowerCase()];
  return state === undefined
    ? fail(py, 'ValueError', 'the option is no truth value', args.at, value)
    : boolValue(state, derived(args.at, value));
};

export const CONVERSIONS: Readonly<Record<string, Convert>> = {
  get: (_, value) => value,
  getint: through('int'),
  getfloat: through('float'),
  getboolean: toBool,
};

/** A default is given as it is, what was read is converted. */
export function converted(
  py: Interpreter,
  parser: InstanceValue,
  args: Arguments,
  convert: Convert,
  fallback = fallbackOf(args),
): Value {
  const value = get(py, parser, args, fallback);
  return value === fallback ? value : convert(py, value, args);
}

const MISSING = ['configparser.NoSectionError', 'configparser.NoOptionError'];
const isMissing = (type: ClassValue | undefined): boolean => type !== undefined && MISSING.includes(type.qualifiedName);

/** `getint()` and its like, which ask `_get()` and that `get()`: a class of the program may have its own of both. */
export function convertedByMethods(py: Interpreter, parser: InstanceValue, args: Arguments, convert: Convert): Value {
  const own = (name: string): FunctionValue | undefined => {
    const { found } = findInClass(parser.class, name);
    return found?.kind === 'function' && closureOf(found).type !== 'native' ? found : undefined;
  };
  const [through, asked] = [own('_get'), own('get')];
  if (through === undefined && asked === undefined) return converted(py, parser, args, convert);
  const keywords = new Map([...args.keywords].filter(([name]) => name !== 'fallback'));
  const [section = noneValue(), ...rest] = args.positional;
  const ask = (): Value => {
    if (through !== undefined) {
      const conversion = nativeFunction('conversion', (inner, given) =>
        convert(inner, given.positional[0] ?? noneValue(), given),
      );
      return py.call(bind(parser, through), { ...args, positional: [section, conversion, ...rest], keywords });
    }
    return asked === undefined ? noneValue() : convert(py, py.call(bind(parser, asked), { ...args, keywords }), args);
  };
  const fallback = fallbackOf(args);
  if (fallback === undefined) return ask();
  py.handlers.push({ catches: isMissing, possible: [] });
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof PythonRaise) || !isMissing(classOfException(error.exception))) throw error;
    return fallback;
  } finally {
    py.handlers.pop();
  }
}

/** The default of a call; undefined where there is none, or it is the mark that Python's own reader has for that. */
function fallbackOf(args: Arguments): Value | undefined {
  const given = args.keywords.get('fallback');
  return given?.kind === 'external' && given.name === 'configparser._UNSET' ? undefined : given;
}
