import { type Interpreter, type Arguments, charge, LIMITS, fail } from './interpreter.js';
import type { InstanceValue, Value } from '../value.js';
import { readIni, type IniDialect } from './ini-text.js';
import { derived, noneValue, strValue, unknownValue, listValue } from './values.js';
import { DEFAULT, sectionOf, setOption, onParser, isText, makeOpen, openOf, asText } from './configparser-state.js';
import { lineOf } from './environment.js';
import { iterate } from './iterate.js';
import { reasonOf } from './reason-of.js';
import { kindOfPath, readText } from './files.js';

/** Options of a parser that change what a text says. */
export const DIALECT = ['delimiters', 'comment_prefixes', 'inline_comment_prefixes'] as const;

/** Undefined where one of the options is not known. */
function dialectOf(parser: InstanceValue): IniDialect | undefined {
  const [delimiters, comments, inline] = DIALECT.map((name): readonly string[] | null | undefined => {
    const given = parser.attributes.get(`#${name}`);
    if (given === undefined) return undefined;
    const items = given.kind === 'none' ? [] : given.kind === 'str' ? [given] : 'items' in given ? given.items : [];
    const texts = items.flatMap((one) => (one.kind === 'str' && one.value !== '' ? [one.value] : []));
    const known = given.kind === 'none' || given.kind === 'str' || 'items' in given;
    return known && texts.length === items.length ? texts : null;
  });
  if (delimiters === null || comments === null || inline === null) return undefined;
  return {
    ...(delimiters === undefined ? {} : { delimiters }),
    ...(comments === undefined ? {} : { comments }),
    ...(inline === undefined ? {} : { inline }),
  };
}

function readInto(
  py: Interpreter,
  parser: InstanceValue,
  text: string,
  path: string | undefined,
  args: Arguments,
): Value {
  charge(py, text.length >> 4);
  const origin = derived(args.at);
  const dialect = dialectOf(parser);
  if (dialect === undefined) return makeOpen(py, parser, 'the dialect that the parser reads is not known', origin);
  const read = text.length > LIMITS.characters ? undefined : readIni(text, dialect);
  if (read === undefined) return fail(py, 'configparser.Error', 'the text is no INI file', args.at);
  for (const name of read.sections) if (name !== DEFAULT) sectionOf(py, parser, name, true);
  for (const { section, key, value, line } of read.options) {
    const place = path === undefined ? origin : { locations: [lineOf(py, path, line)], variables: [] };
    setOption(py, parser, section, key, value === undefined ? noneValue(place) : strValue(value, place));
  }
  return noneValue(origin);
}

export const read = onParser((py, parser, args) => {
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

export const readFile = onParser((py, parser, args) => {
  const [file] = args.positional;
  const text = file?.kind === 'instance' ? file.attributes.get('#text') : undefined;
  const origin = derived(args.at, ...args.positional);
  if (text?.kind === 'str') {
    const inner = py.sources.get(text.value);
    return readInto(py, parser, text.value, inner, args);
  }
  return makeOpen(py, parser, file?.kind === 'unknown' ? file.reason : 'the file is not known', origin);
});

export const readString = onParser((py, parser, args) => {
  const [text] = args.positional;
  if (text?.kind === 'str') return readInto(py, parser, text.value, undefined, args);
  return makeOpen(py, parser, text?.kind === 'unknown' ? text.reason : 'the text is not known', derived(args.at));
});

export const readDict = onParser((py, parser, args) => {
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
