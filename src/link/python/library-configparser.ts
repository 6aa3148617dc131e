import { findInClass } from './class-order.js';
import { lineOf } from './environment.js';
import { kindOfPath, readText } from './files.js';
import { readIni } from './ini-text.js';
import { LIMITS, charge, fail, instanceOf, type Arguments, type Interpreter } from './interpreter.js';
import { iterate } from './iterate.js';
import { instanceOfIterator } from './iterator.js';
import { touch } from './journal.js';
import { exceptionModel, nativeClass, type Native, type PythonModels } from './models.js';
import { reasonOf } from './reason-of.js';
import { truth } from './truth.js';
import {
  boolValue,
  derived,
  dictValue,
  listValue,
  noneValue,
  recordValue,
  strValue,
  tupleValue,
  unknownValue,
} from './values.js';
import type { DictValue, InstanceValue, Origin, UnknownValue, Value } from '../value.js';

/** What a parser holds stands in its attributes, so that branches that are taken back take it back as well. */
const SECTIONS = '#sections';
const OPEN = '#open';
const DEFAULT = 'DEFAULT';
/** Options of the reader that change what a text says. */
const DIALECT = ['delimiters', 'comment_prefixes', 'inline_comment_prefixes', 'empty_lines_in_values'];

const isText = (value: Value | undefined): value is Value & { kind: 'str' | 'path' } =>
  value?.kind === 'str' || value?.kind === 'path';

/** A method of the parser. */
function onParser(run: (py: Interpreter, parser: InstanceValue, args: Arguments) => Value): Native {
  return (py, args) => {
    const [self, ...positional] = args.positional;
    return self?.kind === 'instance'
      ? run(py, self, { ...args, positional })
      : unknownValue('the parser is not known', derived(args.at));
  };
}

function sectionsOf(parser: InstanceValue): DictValue {
  const held = parser.attributes.get(SECTIONS);
  if (held?.kind === 'dict') return held;
  const made = dictValue([]);
  parser.attributes.set(SECTIONS, made);
  return made;
}

function sectionOf(py: Interpreter, parser: InstanceValue, name: string, make = false): DictValue | undefined {
  const sections = sectionsOf(parser);
  const held = sections.entries.get(`s${name}`)?.value;
  if (held?.kind === 'dict') return held;
  if (!make) return undefined;
  const made = recordValue([]);
  touch(py, sections);
  sections.entries.set(`s${name}`, { key: strValue(name), value: made });
  return made;
}

/** Set once something was read that is not known: it may hold any key. */
function openOf(parser: InstanceValue): UnknownValue | undefined {
  const open = parser.attributes.get(OPEN);
  return open?.kind === 'unknown' ? open : undefined;
}

function makeOpen(py: Interpreter, parser: InstanceValue, reason: string, origin: Origin): Value {
  touch(py, parser.attributes);
  parser.attributes.set(OPEN, unknownValue(reason, origin));
  return noneValue();
}

const spelled = (parser: InstanceValue, key: string): string =>
  parser.attributes.has('optionxform') ? key : key.toLowerCase();

function setOption(py: Interpreter, parser: InstanceValue, section: string, key: string, value: Value): void {
  const options = sectionOf(py, parser, section, true);
  if (options === undefined || options.entries.size >= LIMITS.items) return;
  touch(py, options);
  const name = spelled(parser, key);
  options.entries.set(`s${name}`, { key: strValue(name), value });
}

function readInto(
  py: Interpreter,
  parser: InstanceValue,
  text: string,
  path: string | undefined,
  args: Arguments,
): Value {
  charge(py, text.length >> 4);
  const read = text.length > LIMITS.characters ? undefined : readIni(text);
  const origin = derived(args.at);
  if (read === undefined) return fail(py, 'configparser.Error', 'the text is no INI file', args.at);
  for (const name of read.sections) if (name !== DEFAULT) sectionOf(py, parser, name, true);
  for (const { section, key, value, line } of read.options) {
    const place = path === undefined ? origin : { locations: [lineOf(py, path, line)], variables: [] };
    setOption(py, parser, section, key, value === undefined ? noneValue(place) : strValue(value, place));
  }
  return noneValue(origin);
}

const read = onParser((py, parser, args) => {
  const given = args.positional[0] ?? args.keywords.get('filenames');
  const origin = derived(args.at, ...args.positional);
  const paths = isText(given) ? [given] : given === undefined ? undefined : iterate(py, given, args.at);
  if (paths === undefined) {
    const reason = reasonOf(given ?? noneValue(), 'which configuration files are read is not known');
    makeOpen(py, parser, reason, origin);
    return unknownValue(reason, origin);
  }
  const found: Value[] = [];
  for (const path of paths) {
    // The home of whoever runs it is no part of what is deployed.
    if (path.kind === 'unknown' && path.origin.variables.includes('HOME')) continue;
    const kind = isText(path) ? kindOfPath(py, path.value) : undefined;
    if (kind === 'absent' || kind === 'directory') continue;
    const text = kind === 'file' && isText(path) ? readText(py, path.value) : undefined;
    if (text === undefined || !isText(path)) {
      const reason = isText(path) ? `${path.value} is up to the running system` : 'a configuration file is not known';
      makeOpen(py, parser, path.kind === 'unknown' ? path.reason : reason, derived(args.at, path));
      continue;
    }
    readInto(py, parser, text, path.value, args);
    found.push(strValue(path.value, path.origin));
  }
  return openOf(parser) === undefined ? listValue(found, origin) : unknownValue('which files were read', origin);
});

const readFile = onParser((py, parser, args) => {
  const [file] = args.positional;
  const text = file?.kind === 'instance' ? file.attributes.get('#text') : undefined;
  const origin = derived(args.at, ...args.positional);
  if (text?.kind === 'str') {
    const inner = py.sources.get(text.value);
    return readInto(py, parser, text.value, inner, args);
  }
  return makeOpen(py, parser, file?.kind === 'unknown' ? file.reason : 'the file is not known', origin);
});

const readString = onParser((py, parser, args) => {
  const [text] = args.positional;
  if (text?.kind === 'str') return readInto(py, parser, text.value, undefined, args);
  return makeOpen(py, parser, text?.kind === 'unknown' ? text.reason : 'the text is not known', derived(args.at));
});

const readDict = onParser((py, parser, args) => {
  const [given] = args.positional;
  if (given?.kind !== 'dict')
    return makeOpen(
      py,
      parser,
      given?.kind === 'unknown' ? given.reason : 'what is read is not known',
      derived(args.at),
    );
  for (const { key: section, value: options } of given.entries.values()) {
    const trouble = section.kind !== 'str' || options.kind !== 'dict';
    if (trouble) makeOpen(py, parser, 'a section is not known', derived(args.at, options));
    else
      for (const { key, value } of options.entries.values()) {
        if (key.kind === 'str') setOption(py, parser, section.value, key.value, asText(py, value, args));
      }
    if (!trouble && section.value !== DEFAULT) sectionOf(py, parser, section.value, true);
  }
  return noneValue();
});

/** What is not a text is made one. */
function asText(py: Interpreter, value: Value, args: Arguments): Value {
  const type = py.builtins.get('str');
  if (value.kind === 'str' || value.kind === 'none' || type === undefined) return value;
  return py.call(type, { positional: [value], keywords: new Map(), at: args.at });
}

/** The value of an option: undefined where there is none. */
function optionOf(py: Interpreter, parser: InstanceValue, section: string, option: string): Value | undefined {
  const name = `s${spelled(parser, option)}`;
  const own = sectionOf(py, parser, section)?.entries.get(name)?.value;
  return own ?? sectionOf(py, parser, DEFAULT)?.entries.get(name)?.value;
}

function get(py: Interpreter, parser: InstanceValue, args: Arguments, fallback: Value | undefined): Value {
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

const CONVERSIONS: Readonly<Record<string, Convert>> = {
  get: (_, value) => value,
  getint: through('int'),
  getfloat: through('float'),
  getboolean: toBool,
};

/** A default is given as it is, what was read is converted. */
function converted(
  py: Interpreter,
  parser: InstanceValue,
  args: Arguments,
  convert: Convert,
  fallback = args.keywords.get('fallback'),
): Value {
  const value = get(py, parser, args, fallback);
  return value === fallback ? value : convert(py, value, args);
}

/** `parser[section]` */
const SECTION = nativeClass('configparser.SectionProxy', {
  ...Object.fromEntries(
    Object.entries(CONVERSIONS).map(([name, convert]) => [
      name,
      inSection((py, parser, section, args) => {
        const fallback = args.keywords.get('fallback') ?? args.positional[1] ?? noneValue();
        return converted(py, parser, { ...args, positional: [section, ...args.positional] }, convert, fallback);
      }),
    ]),
  ),
  __getitem__: inSection((py, parser, section, args) =>
    get(py, parser, { ...args, positional: [section, ...args.positional] }, undefined),
  ),
  __contains__: inSection((py, parser, section, args) => has(py, parser, section, args.positional[0], args)),
  keys: inSection((py, parser, section, args) => optionNames(py, parser, section, args)),
  __iter__: inSection((py, parser, section, args) => iterated(py, optionNames(py, parser, section, args), args)),
  items: inSection((py, parser, section, args) => optionItems(py, parser, section, args)),
});

function inSection(run: (py: Interpreter, parser: InstanceValue, section: Value, args: Arguments) => Value): Native {
  return onParser((py, proxy, args) => {
    const parser = proxy.attributes.get('#parser');
    const section = proxy.attributes.get('#section');
    return parser?.kind === 'instance' && section !== undefined
      ? run(py, parser, section, args)
      : unknownValue('the section is not known', derived(args.at));
  });
}

function iterated(py: Interpreter, list: Value, args: Arguments): Value {
  return 'items' in list ? instanceOfIterator(list.items, derived(args.at)) : list;
}

function has(
  py: Interpreter,
  parser: InstanceValue,
  section: Value | undefined,
  option: Value | undefined,
  args: Arguments,
): Value {
  const open = openOf(parser);
  const origin = derived(args.at, ...args.positional);
  if (open !== undefined || !isText(section) || !isText(option))
    return unknownValue(open?.reason ?? 'which option is meant is not known', origin);
  return boolValue(optionOf(py, parser, section.value, option.value) !== undefined, origin);
}

function optionNames(py: Interpreter, parser: InstanceValue, section: Value | undefined, args: Arguments): Value {
  const open = openOf(parser);
  const origin = derived(args.at, ...args.positional);
  if (open !== undefined || !isText(section)) return unknownValue(open?.reason ?? 'the section is not known', origin);
  const own = sectionOf(py, parser, section.value);
  if (own === undefined && section.value !== DEFAULT)
    return fail(py, 'configparser.NoSectionError', `there is no section ${section.value}`, args.at);
  const names = new Set([own, sectionOf(py, parser, DEFAULT)].flatMap((one) => [...(one?.entries.keys() ?? [])]));
  return listValue(
    [...names].map((name) => strValue(name.slice(1), origin)),
    origin,
  );
}

function optionItems(py: Interpreter, parser: InstanceValue, section: Value | undefined, args: Arguments): Value {
  const names = optionNames(py, parser, section, args);
  if (!('items' in names) || section === undefined) return names;
  return listValue(
    names.items.map((name) =>
      tupleValue([name, get(py, parser, { at: args.at, keywords: new Map(), positional: [section, name] }, undefined)]),
    ),
    names.origin,
  );
}

function sectionNames(parser: InstanceValue, args: Arguments, withDefault: boolean): Value {
  const origin = derived(args.at);
  const open = openOf(parser);
  if (open !== undefined) return unknownValue(open.reason, origin);
  const names = [...sectionsOf(parser).entries.values()].map((one) => one.key);
  const own = names.filter((name) => name.kind !== 'str' || name.value !== DEFAULT);
  return listValue(withDefault ? [strValue(DEFAULT, origin), ...own] : own, origin);
}

function hasSection(py: Interpreter, parser: InstanceValue, args: Arguments, withDefault: boolean): Value {
  const [section] = args.positional;
  const origin = derived(args.at, ...args.positional);
  const open = openOf(parser);
  if (open !== undefined || !isText(section)) return unknownValue(open?.reason ?? 'the section is not known', origin);
  const known = section.value === DEFAULT ? withDefault : sectionOf(py, parser, section.value) !== undefined;
  return boolValue(known, origin);
}

const METHODS: Readonly<Record<string, Native>> = {
  __init__: onParser((py, parser, args) => {
    const way = args.keywords.get('interpolation');
    if (way !== undefined) parser.attributes.set('#interpolation', way);
    const origin = derived(args.at);
    if (DIALECT.some((name) => args.keywords.has(name)) || args.keywords.has('default_section'))
      makeOpen(py, parser, 'the parser reads a dialect of its own', origin);
    const defaults = args.positional[0] ?? args.keywords.get('defaults');
    if (defaults?.kind === 'dict')
      for (const { key, value } of defaults.entries.values())
        if (key.kind === 'str') setOption(py, parser, DEFAULT, key.value, asText(py, value, args));
    if (defaults !== undefined && defaults.kind !== 'dict' && defaults.kind !== 'none')
      makeOpen(py, parser, 'the defaults of the parser are not known', origin);
    return noneValue();
  }),
  read,
  read_file: readFile,
  readfp: readFile,
  read_string: readString,
  read_dict: readDict,
  ...Object.fromEntries(
    Object.entries(CONVERSIONS).map(([name, convert]) => [
      name,
      onParser((py, parser, args) => converted(py, parser, args, convert)),
    ]),
  ),
  sections: onParser((_, parser, args) => sectionNames(parser, args, false)),
  keys: onParser((_, parser, args) => sectionNames(parser, args, true)),
  __iter__: onParser((py, parser, args) => iterated(py, sectionNames(parser, args, true), args)),
  has_section: onParser((py, parser, args) => hasSection(py, parser, args, false)),
  __contains__: onParser((py, parser, args) => hasSection(py, parser, args, true)),
  has_option: onParser((py, parser, args) => has(py, parser, args.positional[0], args.positional[1], args)),
  options: onParser((py, parser, args) => optionNames(py, parser, args.positional[0], args)),
  items: onParser((py, parser, args) =>
    args.positional.length === 0
      ? unknownValue('all sections at once are not followed', derived(args.at))
      : optionItems(py, parser, args.positional[0], args),
  ),
  add_section: onParser((py, parser, args) => {
    const [section] = args.positional;
    if (isText(section)) sectionOf(py, parser, section.value, true);
    return noneValue();
  }),
  set: onParser((py, parser, args) => {
    const [section, option, value] = args.positional;
    if (isText(section) && isText(option) && value !== undefined)
      setOption(py, parser, section.value, option.value, value);
    else makeOpen(py, parser, 'which option was set is not known', derived(args.at, ...args.positional));
    return noneValue();
  }),
  __getitem__: onParser((py, parser, args) => {
    const [section] = args.positional;
    const open = openOf(parser);
    if (open !== undefined || !isText(section))
      return unknownValue(open?.reason ?? 'the section is not known', derived(args.at, ...args.positional));
    if (section.value !== DEFAULT && sectionOf(py, parser, section.value) === undefined)
      return fail(py, 'KeyError', `there is no section ${section.value}`, args.at);
    return instanceOf(SECTION, derived(args.at), [
      ['#parser', parser],
      ['#section', section],
    ]);
  }),
};

const PARSER = nativeClass('configparser.ConfigParser', METHODS);
const RAW_PARSER = nativeClass('configparser.RawConfigParser', METHODS);
RAW_PARSER.attributes.set('#raw', noneValue());

export const CONFIGPARSER: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['configparser.ConfigParser', () => PARSER],
    ['configparser.SafeConfigParser', () => PARSER],
    ['configparser.RawConfigParser', () => RAW_PARSER],
    ['configparser.Error', exceptionModel('configparser.Error')],
    ['configparser.NoSectionError', exceptionModel('configparser.NoSectionError')],
    ['configparser.NoOptionError', exceptionModel('configparser.NoOptionError')],
  ]),
};
