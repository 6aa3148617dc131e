import { type Interpreter, type Arguments, fail, LIMITS } from './interpreter.js';
import type { InstanceValue, Value } from '../value.js';
import { spelled, sectionOf, DEFAULT, openOf, isText } from './configparser-state.js';
import { derived, unknownValue, strValue, boolValue } from './values.js';
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
  if (open !== undefined || args.keywords.has('vars') || !isText(section) || !isText(option))
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
  fallback = args.keywords.get('fallback'),
): Value {
  const value = get(py, parser, args, fallback);
  return value === fallback ? value : convert(py, value, args);
}
