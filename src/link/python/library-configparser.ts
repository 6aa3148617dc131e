import { nativeClass, type Native, type PythonModels, exceptionModel } from './models.js';
import { CONVERSIONS, converted, convertedByMethods, get, optionOf } from './configparser-lookup.js';
import { noneValue, unknownValue, derived, boolValue, listValue, strValue, tupleValue } from './values.js';
import { type Interpreter, type Arguments, fail, instanceOf } from './interpreter.js';
import type { InstanceValue, Value } from '../value.js';
import {
  onParser,
  openOf,
  isText,
  sectionOf,
  DEFAULT,
  sectionsOf,
  makeOpen,
  setOption,
  asText,
} from './configparser-state.js';
import { instanceOfIterator } from './iterator.js';
import { DIALECT, read, readFile, readString, readDict } from './configparser-reading.js';

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
    for (const name of DIALECT) {
      const given = args.keywords.get(name);
      if (given !== undefined) parser.attributes.set(`#${name}`, given);
    }
    if (args.keywords.has('empty_lines_in_values') || args.keywords.has('default_section'))
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
      onParser((py, parser, args) => (name === 'get' ? converted : convertedByMethods)(py, parser, args, convert)),
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
