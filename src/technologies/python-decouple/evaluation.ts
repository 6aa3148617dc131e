import { callerFolder, lineOf, originOfVariable, readVariable, searchUpwards } from '../../link/python/environment.js';
import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { readText } from '../../link/python/files.js';
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
import { baseOf, directoryOf } from '../../link/python/path-text.js';
import type { Value } from '../../link/value.js';

/** From python-decouple 3.8 (`decouple.py`). */
const TRUE = ['y', 'yes', 't', 'true', 'on', '1'];
const FALSE = ['n', 'no', 'f', 'false', 'off', '0'];

/** `config(option, default=..., cast=...)`, with a file that was found or named. */
function lookUp(py: Interpreter, args: Arguments, file: string | undefined): Value {
  const name = argument(args, 0, 'option');
  if (name?.kind !== 'str')
    return unknownValue('the name of the option is not known', derived(args.at, ...args.positional));
  const fallback = args.keywords.get('default') ?? args.positional[1];
  const cast = args.keywords.get('cast') ?? args.positional[2];
  const value = readVariable(py, name.value) ?? fromFile(py, file, name.value) ?? fallback;
  const origin = originOfVariable(name.value, args.at);
  if (value === undefined) {
    const message = `option ${name.value} is required and set nowhere in the repository`;
    return fail(py, 'decouple.UndefinedValueError', message, args.at, strValue(name.value, origin));
  }
  const outcome = castValue(py, dependingOn(value, [name.value]), cast, args);
  return dependingOn(outcome, [name.value]);
}

function castValue(py: Interpreter, value: Value, cast: Value | undefined, args: Arguments): Value {
  if (cast === undefined) return value;
  const open = spread(args.at, [value], ([one = value]) => castValue(py, one, cast, args));
  if (open !== undefined) return open;
  if (cast.kind !== 'class' || cast.qualifiedName !== 'builtins.bool')
    return py.call(cast, { positional: [value], keywords: new Map(), at: args.at });
  const origin = derived(args.at, value);
  const text =
    value.kind === 'bool'
      ? String(value.value)
      : value.kind === 'int'
        ? String(value.value)
        : value.kind === 'none'
          ? 'none'
          : textOf(value);
  if (text === '') return boolValue(false, origin);
  if (text !== undefined && TRUE.includes(text.toLowerCase())) return boolValue(true, origin);
  if (text !== undefined && FALSE.includes(text.toLowerCase())) return boolValue(false, origin);
  return fail(py, 'ValueError', 'the option is no truth value', args.at, value);
}

function fromFile(py: Interpreter, file: string | undefined, name: string): Value | undefined {
  const text = file === undefined ? undefined : readText(py, file);
  if (file === undefined || text === undefined) return undefined;
  const ini = baseOf(file).endsWith('.ini');
  let section = '';
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[([^\]]*)\]$/.exec(line);
    if (ini && header !== null) section = header[1] ?? '';
    const cut = line.indexOf('=');
    const key = line.slice(0, cut).trim();
    if (cut < 0 || (ini ? key.toLowerCase() !== name.toLowerCase() || section !== 'settings' : key !== name)) continue;
    let value = line.slice(cut + 1).trim();
    if (!ini && value.length >= 2 && /^(["']).*\1$/.test(value)) value = value.slice(1, -1);
    return strValue(value, { locations: [lineOf(py, file, i + 1)], variables: [name] });
  }
  return undefined;
}

const auto = nativeFunction('config', (py, args) => lookUp(py, args, searchUpwards(py, ['settings.ini', '.env'])));

const AUTO_CONFIG = nativeClass('decouple.AutoConfig', {
  __init__: (_, args) => {
    const [self, path] = args.positional;
    const place = path ?? args.keywords.get('search_path');
    if (self?.kind === 'instance' && place !== undefined) self.attributes.set('search_path', place);
    return noneValue();
  },
  __call__: (py, args) => {
    const [self, ...positional] = args.positional;
    const place = self?.kind === 'instance' ? textOf(self.attributes.get('search_path')) : undefined;
    const from = place ?? callerFolder(py);
    return lookUp(
      py,
      { ...args, positional },
      searchUpwards(py, ['settings.ini', '.env'], from.replace(/\/$/, '')) ??
        searchUpwards(py, ['settings.ini', '.env'], directoryOf(from)),
    );
  },
});

const CONFIG = nativeClass('decouple.Config', {
  __init__: (_, args) => {
    const [self, repository] = args.positional;
    if (self?.kind === 'instance' && repository !== undefined) self.attributes.set('repository', repository);
    return noneValue();
  },
  __call__: (py, args) => {
    const [self, ...positional] = args.positional;
    const repository = self?.kind === 'instance' ? self.attributes.get('repository') : undefined;
    const file = repository?.kind === 'external' ? textOf(repository.call?.args[0]) : undefined;
    return lookUp(py, { ...args, positional }, file);
  },
  get: (py, args) => {
    const [self, ...positional] = args.positional;
    return self === undefined ? noneValue() : py.call(self, { ...args, positional });
  },
});

/** `Csv(cast=..., delimiter=..., post_process=...)` */
const CSV = nativeClass('decouple.Csv', {
  __init__: (py, args) => {
    const [self, ...rest] = args.positional;
    if (self?.kind !== 'instance') return noneValue();
    for (const [i, name] of ['cast', 'delimiter', 'strip', 'post_process'].entries()) {
      const value = args.keywords.get(name) ?? rest[i];
      if (value !== undefined) self.attributes.set(name, value);
    }
    return noneValue();
  },
  __call__: (py, args) => {
    const [self, value] = args.positional;
    if (self?.kind !== 'instance' || value === undefined)
      return unknownValue('the list is not known', derived(args.at));
    const open = spread(args.at, [value], ([one = value]) => py.call(self, { ...args, positional: [one] }));
    if (open !== undefined) return open;
    const origin = derived(args.at, value);
    const process = self.attributes.get('post_process');
    if (value.kind === 'none')
      return process === undefined ? listValue([], origin) : py.call(process, { ...args, positional: [] });
    if (value.kind !== 'str') return fail(py, 'TypeError', 'Csv reads text', args.at, value);
    const delimiter = textOf(self.attributes.get('delimiter')) ?? ',';
    const parts = words(value.value, delimiter);
    if (parts === undefined) return unknownValue('the list is not known', origin);
    const cast = self.attributes.get('cast');
    const items = parts.map((part) => {
      const one = strValue(part.trim(), origin);
      return cast === undefined ? one : py.call(cast, { positional: [one], keywords: new Map(), at: args.at });
    });
    const list = listValue(items, origin);
    return process === undefined ? list : py.call(process, { positional: [list], keywords: new Map(), at: args.at });
  },
});

/** `Choices(flat=..., cast=..., choices=...)`: the cast value, which must be one of those. */
const CHOICES = nativeClass('decouple.Choices', {
  __init__: (_, args) => {
    const [self, ...rest] = args.positional;
    if (self?.kind !== 'instance') return noneValue();
    for (const [i, name] of ['flat', 'cast', 'choices'].entries()) {
      const value = args.keywords.get(name) ?? rest[i];
      if (value !== undefined) self.attributes.set(name, value);
    }
    return noneValue();
  },
  __call__: (py, args) => {
    const [self, value] = args.positional;
    if (self?.kind !== 'instance' || value === undefined)
      return unknownValue('the choice is not known', derived(args.at));
    const cast = self.attributes.get('cast') ?? py.builtins.get('str');
    if (cast === undefined) return unknownValue('the choice is not known', derived(args.at));
    return py.call(cast, { ...args, positional: [value], keywords: new Map() });
  },
});

/** The words of `shlex` with its blanks replaced by delimiters: quotes group, empty words are dropped. */
function words(text: string, delimiters: string): string[] | undefined {
  const found: string[] = [];
  let word: string | undefined;
  let quoted = '';
  for (const char of text) {
    if (quoted !== '') {
      if (char === quoted) quoted = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quoted = char;
      word ??= '';
    } else if (char === '\\' || char === '#') return undefined;
    else if (delimiters.includes(char)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) found.push(word);
  return quoted === '' ? found : undefined;
}

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['decouple.config', () => auto],
    ['decouple.AutoConfig', () => AUTO_CONFIG],
    ['decouple.Config', () => CONFIG],
    ['decouple.Csv', () => CSV],
    ['decouple.Choices', () => CHOICES],
    ['decouple.UndefinedValueError', exceptionModel('decouple.UndefinedValueError')],
  ]),
};
