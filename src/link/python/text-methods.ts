import { type Arguments, type Interpreter, charge, fail, LIMITS } from './interpreter.js';
import type { Value } from '../value.js';
import type { Method, Methods } from './method.js';
import { spread } from './spread.js';
import { derived, unknownValue, boolValue, intValue, strValue, bytesValue, listValue } from './values.js';
import { strip, split, words } from './text-splitting.js';
import { partition, join } from './text-joining.js';
import { formatTemplate } from './template.js';
import { encode, translate, maketrans, decode } from './text-coding.js';

type Of = (
  text: string,
  args: readonly (string | number | undefined)[],
  given: Arguments,
  self: Value,
) => string | number | boolean | readonly string[] | undefined;

/** A method on known text with known text or number arguments. */
function simple(names: readonly string[], compute: Of): Method {
  const run = (py: Interpreter, self: Value, args: Arguments): Value => {
    const given = args.rest === undefined ? [...args.positional] : [args.rest];
    for (const [i, name] of names.entries()) {
      const named = args.keywords.get(name);
      if (named !== undefined) given[i] = named;
    }
    const all = [self, ...given.filter((one) => one !== undefined)];
    const open = spread(args.at, all, ([one = self, ...rest]) =>
      run(py, one, { ...args, positional: rest, keywords: new Map() }),
    );
    if (open !== undefined) return open;
    const origin = derived(args.at, ...all);
    if (self.kind !== 'str' && self.kind !== 'bytes') return unknownValue('the text is not known', origin);
    charge(py, self.value.length >> 4);
    const plain: (string | number | undefined)[] = [];
    for (const value of given) {
      if (value === undefined || value.kind === 'none') plain.push(undefined);
      else if (value.kind === 'str' || value.kind === 'bytes') plain.push(value.value);
      else if (value.kind === 'int' || value.kind === 'bool') plain.push(Number(value.value));
      else return fail(py, 'TypeError', `a text method was given ${value.kind}`, args.at, self, value);
    }
    const outcome = compute(self.value, plain, args, self);
    if (outcome === undefined) return unknownValue('the outcome of a text method is not known', origin);
    if (typeof outcome === 'boolean') return boolValue(outcome, origin);
    if (typeof outcome === 'number') return intValue(outcome, origin);
    const text = self.kind === 'str' ? strValue : bytesValue;
    if (typeof outcome === 'string')
      return outcome.length > LIMITS.characters ? unknownValue('the text is too long', origin) : text(outcome, origin);
    if (outcome.length > LIMITS.items) return unknownValue('the list is too long', origin);
    charge(py, outcome.length);
    return listValue(
      outcome.map((part) => text(part, origin)),
      origin,
    );
  };
  return { run };
}

const number = (value: string | number | undefined, fallback: number): number =>
  typeof value === 'number' ? value : fallback;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

const METHODS: Methods = {
  lower: simple([], (text) => text.toLowerCase()),
  casefold: simple([], (text) => text.toLowerCase()),
  upper: simple([], (text) => text.toUpperCase()),
  title: simple([], (text) => text.replace(/\p{L}+/gu, capital)),
  capitalize: simple([], capital),
  swapcase: simple([], (text) =>
    Array.from(text)
      .map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase()))
      .join(''),
  ),
  strip: simple([], (text, [chars]) => strip(text, chars, true, true)),
  lstrip: simple([], (text, [chars]) => strip(text, chars, true, false)),
  rstrip: simple([], (text, [chars]) => strip(text, chars, false, true)),
  split: simple(['sep', 'maxsplit'], (text, [sep, limit]) => split(text, sep, number(limit, -1), false)),
  rsplit: simple(['sep', 'maxsplit'], (text, [sep, limit]) => split(text, sep, number(limit, -1), true)),
  splitlines: simple(['keepends'], (text, [keep]) => {
    if (number(keep, 0) !== 0) return undefined;
    const lines = text.split(/\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]/);
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }),
  startswith: affix((text, part) => text.startsWith(part)),
  endswith: affix((text, part) => text.endsWith(part)),
  removeprefix: simple([], (text, [part]) =>
    typeof part === 'string' && text.startsWith(part) ? text.slice(part.length) : text,
  ),
  removesuffix: simple([], (text, [part]) =>
    typeof part === 'string' && part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text,
  ),
  replace: simple(['old', 'new', 'count'], (text, [from, to, count]) => {
    if (typeof from !== 'string' || typeof to !== 'string') return undefined;
    if (text.length * Math.max(1, to.length) > LIMITS.characters * 8) return undefined;
    const times = number(count, -1);
    if (times < 0) return text.split(from).join(to);
    const parts = text.split(from);
    return (
      parts.slice(0, times + 1).join(to) + (parts.length > times + 1 ? from + parts.slice(times + 1).join(from) : '')
    );
  }),
  find: simple([], (text, [part, start]) =>
    typeof part === 'string' ? text.indexOf(part, number(start, 0)) : undefined,
  ),
  rfind: simple([], (text, [part]) => (typeof part === 'string' ? text.lastIndexOf(part) : undefined)),
  index: { run: (py, self, args) => indexOf(py, self, args) },
  count: simple([], (text, [part]) =>
    typeof part === 'string' && part !== '' ? text.split(part).length - 1 : undefined,
  ),
  zfill: simple([], (text, [width]) =>
    number(width, 0) > LIMITS.items
      ? undefined
      : /^[+-]/.test(text)
        ? text.charAt(0) + text.slice(1).padStart(number(width, 0) - 1, '0')
        : text.padStart(number(width, 0), '0'),
  ),
  ljust: simple([], (text, [width, fill]) =>
    number(width, 0) > LIMITS.items ? undefined : text.padEnd(number(width, 0), typeof fill === 'string' ? fill : ' '),
  ),
  rjust: simple([], (text, [width, fill]) =>
    number(width, 0) > LIMITS.items
      ? undefined
      : text.padStart(number(width, 0), typeof fill === 'string' ? fill : ' '),
  ),
  isdigit: simple([], (text) => /^\p{Nd}+$/u.test(text)),
  isdecimal: simple([], (text) => /^\p{Nd}+$/u.test(text)),
  isnumeric: simple([], (text) => /^\p{N}+$/u.test(text)),
  isalpha: simple([], (text) => /^\p{L}+$/u.test(text)),
  isalnum: simple([], (text) => /^[\p{L}\p{N}]+$/u.test(text)),
  isspace: simple([], (text) => text !== '' && words(text).length === 0),
  isupper: simple([], (text) => text !== text.toLowerCase() && text === text.toUpperCase()),
  islower: simple([], (text) => text !== text.toUpperCase() && text === text.toLowerCase()),
  isidentifier: simple([], (text) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text)),
  expandtabs: simple([], (text) => (text.includes('\t') ? undefined : text)),
  partition: partition((text, mark) => text.indexOf(mark), false),
  rpartition: partition((text, mark) => text.lastIndexOf(mark), true),
  join: { run: join },
};

function affix(test: (text: string, part: string) => boolean): Method {
  const run: Method['run'] = (py, self, args) => {
    const [part] = args.positional;
    if (part?.kind === 'tuple') {
      const outcomes = part.items.map((one) => run(py, self, { ...args, positional: [one] }));
      const origin = derived(args.at, self, part);
      if (outcomes.some((one) => one.kind === 'bool' && one.value)) return boolValue(true, origin);
      return outcomes.every((one) => one.kind === 'bool')
        ? boolValue(false, origin)
        : unknownValue('the text is not known', origin);
    }
    return simple([], (text, [one]) => (typeof one === 'string' ? test(text, one) : undefined)).run(py, self, args);
  };
  return { run };
}

function indexOf(py: Interpreter, self: Value, args: Arguments): Value {
  const found = METHODS.find?.run(py, self, args);
  if (found === undefined || (found.kind === 'int' && found.value === -1))
    return fail(py, 'ValueError', 'substring not found', args.at, self);
  return found;
}

function format(py: Interpreter, self: Value, args: Arguments): Value {
  const open = spread(args.at, [self], ([one = self]) => format(py, one, args));
  if (open !== undefined) return open;
  if (self.kind !== 'str') return unknownValue('the text is not known', derived(args.at, self));
  return formatTemplate(py, self.value, args, self);
}

function formatMap(py: Interpreter, self: Value, args: Arguments): Value {
  const [map] = args.positional;
  if (map?.kind !== 'dict') return unknownValue('the values are not known', derived(args.at, self));
  const keywords = new Map<string, Value>();
  for (const { key, value } of map.entries.values()) if (key.kind === 'str') keywords.set(key.value, value);
  return format(py, self, { ...args, positional: [], keywords });
}

export const TEXT_METHODS: Methods = {
  ...METHODS,
  encode: { run: encode },
  format: { run: format },
  format_map: { run: formatMap },
  translate: { run: translate },
  maketrans: { run: maketrans },
};

export const BYTES_METHODS: Methods = {
  ...METHODS,
  decode: { run: decode },
  hex: {
    run: (_, self, args) =>
      self.kind === 'bytes'
        ? strValue(Buffer.from(self.value, 'latin1').toString('hex'), derived(args.at, self))
        : unknownValue('the bytes are not known'),
  },
};
