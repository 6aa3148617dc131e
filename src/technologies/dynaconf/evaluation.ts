import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { callerFolder, lineOf, originOfVariable, readVariable, searchUpwards } from '../../link/python/environment.js';
import { insideRepository, readText } from '../../link/python/files.js';
import { LIMITS, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { touch } from '../../link/python/journal.js';
import { functionsOf, textOf } from '../../link/python/library.js';
import type { PythonModels } from '../../link/python/models.js';
import { fromPlain } from '../../link/python/plain.js';
import { setItem } from '../../link/python/subscript.js';
import { truth } from '../../link/python/truth.js';
import { derived, externalValue, recordValue, sameValue, strValue, unknownValue } from '../../link/python/values.js';
import type { DictValue, Value } from '../../link/value.js';

/**
 * `settings = dynaconf.DjangoDynaconf(__name__, ...)` at the end of a settings module puts what its files and variables say
 * over what the module says (dynaconf 3.2, `contrib/django_dynaconf_v2.py`, https://www.dynaconf.com/django/).
 */
const DEFAULT_FILES = ['settings', '.secrets'].flatMap((name) =>
  ['toml', 'yaml', 'yml', 'json'].map((ending) => `${name}.${ending}`),
);

type Plain = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

function load(py: Interpreter, args: Arguments): Value {
  const name = textOf(args.positional[0]);
  const namespace = name === undefined ? undefined : py.modules.get(name)?.namespace;
  const given = externalValue('dynaconf.LazySettings', derived(args.at));
  if (namespace === undefined) return given;
  touch(py, namespace);
  const option = (key: string): Value | undefined =>
    args.keywords.get(key) ?? args.keywords.get(`${key.toUpperCase()}_FOR_DYNACONF`);
  const environments = option('environments');
  const layered = environments === undefined || truth(environments) !== false;
  const switcher = textOf(option('env_switcher')) ?? 'DJANGO_ENV';
  const chosen = readVariable(py, switcher);
  for (const path of filesOf(py, option('settings_files') ?? option('settings_file'))) {
    const plain = read(py, path);
    if (plain === undefined) continue;
    const put = (section: unknown, unless?: Plain): void => {
      if (isRecord(section)) putAll(py, namespace, section, path, args, unless);
    };
    if (!layered) {
      put(plain);
      continue;
    }
    const sections = new Map(Object.entries(plain).map(([key, value]) => [key.toLowerCase(), value]));
    put(sections.get('default'));
    const word = textOf(chosen)?.toLowerCase();
    if (word !== undefined) put(sections.get(word));
    else putEither(py, namespace, sections, switcher, path, args);
    put(sections.get('global'));
  }
  putVariables(py, namespace, textOf(option('envvar_prefix')) ?? 'DJANGO', switcher, args);
  return given;
}

function filesOf(py: Interpreter, given: Value | undefined): string[] {
  const named = given === undefined ? [] : 'items' in given ? given.items : [given];
  const names = given === undefined ? DEFAULT_FILES : named.flatMap((one) => textOf(one) ?? []);
  return names.slice(0, 50).flatMap((name) => {
    if (name.startsWith('/')) return insideRepository(py, name) === undefined ? [] : [name];
    return searchUpwards(py, [name], callerFolder(py)) ?? [];
  });
}

function read(py: Interpreter, path: string): Plain | undefined {
  const text = readText(py, path);
  if (text === undefined || text.length > LIMITS.characters) return undefined;
  try {
    const plain: unknown = path.endsWith('.toml')
      ? parseToml(text)
      : path.endsWith('.json')
        ? JSON.parse(text)
        : parseYaml(text);
    return isRecord(plain) ? plain : undefined;
  } catch {
    return undefined;
  }
}

/** Marks that ask for more than a value: `@format`, `dynaconf_merge`, `NAME__inner`. */
const isMarked = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.startsWith('@')
    : Array.isArray(value)
      ? value.includes('dynaconf_merge')
      : isRecord(value) && Object.hasOwn(value, 'dynaconf_merge');

function valueOf(py: Interpreter, key: string, plain: unknown, path: string): Value {
  const lines = (readText(py, path) ?? '').split('\n');
  const at = lines.findIndex((line) => line.trimStart().replace(/^["']/, '').toUpperCase().startsWith(key));
  const origin = { locations: [lineOf(py, path, Math.max(at, 0) + 1)], variables: [] };
  return isMarked(plain)
    ? unknownValue(`${key} is put together by marks of dynaconf`, origin)
    : fromPlain(plain, origin);
}

const set = (py: Interpreter, namespace: DictValue, key: string, value: Value, args: Arguments): void => {
  setItem(py, namespace, strValue(key), value, args.at);
};

function putAll(
  py: Interpreter,
  namespace: DictValue,
  section: Plain,
  path: string,
  args: Arguments,
  unless?: Plain,
): void {
  for (const [name, plain] of Object.entries(section)) {
    const [key = '', ...inner] = name.split('__');
    const upper = key.toUpperCase();
    if (upper === '' || (unless !== undefined && Object.hasOwn(unless, name))) continue;
    const value =
      inner.length > 0
        ? unknownValue(`${name} is put together by marks of dynaconf`, derived(args.at))
        : valueOf(py, upper, plain, path);
    set(py, namespace, upper, value, args);
  }
}

/** Nothing tells the environment: what development and production say differently is either. */
function putEither(
  py: Interpreter,
  namespace: DictValue,
  sections: ReadonlyMap<string, unknown>,
  switcher: string,
  path: string,
  args: Arguments,
): void {
  const [development, production] = [sections.get('development'), sections.get('production')].map((one) =>
    isRecord(one) ? one : {},
  );
  const names = new Set([...Object.keys(development ?? {}), ...Object.keys(production ?? {})]);
  for (const name of names) {
    const upper = name.toUpperCase();
    const before = namespace.entries.get(`s${upper}`)?.value;
    const arms = [production, development].map((arm) =>
      arm !== undefined && Object.hasOwn(arm, name) ? valueOf(py, upper, arm[name], path) : before,
    );
    const [first, second] = arms;
    if (first !== undefined && second !== undefined && sameValue(first, second)) set(py, namespace, upper, first, args);
    else {
      const candidates = arms.filter((one) => one !== undefined && one.kind !== 'unknown') as Value[];
      const reason = `environment variable ${switcher}, which chooses the section of the file, is set nowhere in the repository`;
      const open = unknownValue(
        reason,
        originOfVariable(switcher, args.at, ...candidates),
        candidates.length === 2 ? candidates : undefined,
      );
      set(py, namespace, upper, candidates.length < 2 ? { ...open, absent: true } : open, args);
    }
  }
}

/** `DJANGO_NAME=value`, read as a value of TOML where it is one. */
function putVariables(py: Interpreter, namespace: DictValue, prefix: string, switcher: string, args: Arguments): void {
  if (py.environ.kind !== 'dict') return;
  for (const { key, value } of [...py.environ.entries.values()]) {
    const variable = textOf(key) ?? '';
    if (!variable.startsWith(`${prefix}_`) || variable === switcher || variable === 'DJANGO_SETTINGS_MODULE') continue;
    const [name = '', ...inner] = variable.slice(prefix.length + 1).split('__');
    const origin = originOfVariable(variable, args.at, value);
    const text = textOf(value);
    const read = text === undefined || text.startsWith('@') ? undefined : scalar(text);
    const known =
      read === undefined
        ? unknownValue(`environment variable ${variable} is put together by marks of dynaconf`, origin)
        : fromPlain(read, origin);
    putInside(py, namespace, [name.toUpperCase(), ...inner], known, args);
  }
}

/** `DATABASES__default__HOST`: a part of what is there. */
function putInside(
  py: Interpreter,
  namespace: DictValue,
  path: readonly string[],
  value: Value,
  args: Arguments,
): void {
  let held: Value = namespace;
  for (const [i, key] of path.entries()) {
    if (held.kind !== 'dict') return;
    const known: string =
      i === 0
        ? key
        : ([...held.entries.values()]
            .map((one) => textOf(one.key) ?? '')
            .find((one) => one.toLowerCase() === key.toLowerCase()) ?? key);
    if (i === path.length - 1) setItem(py, held, strValue(known), value, args.at);
    else {
      const inner: Value = held.entries.get(`s${known}`)?.value ?? recordValue([], value.origin);
      if (inner.kind !== 'dict') return;
      touch(py, inner);
      setItem(py, held, strValue(known), inner, args.at);
      held = inner;
    }
  }
}

function scalar(text: string): unknown {
  const word = text.trim();
  // As TOML has it, only that words of any case are truth values.
  if (/^(?:true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  try {
    const plain: unknown = parseToml(`value = ${word}`).value;
    return plain instanceof Date ? text : plain;
  } catch {
    return text;
  }
}

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('dynaconf', { DjangoDynaconf: load }),
    ...functionsOf('dynaconf.contrib', { DjangoDynaconf: load }),
    ...functionsOf('dynaconf.contrib.django_dynaconf_v2', { DjangoDynaconf: load, load }),
  ]),
};
