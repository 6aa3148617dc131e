import { homeFolder } from './home-folder.js';
import { DICT_METHODS } from './dict-methods.js';
import { kindOfPlace, listFolder, workingDirectory } from './files.js';
import { fail, noteGap, type Arguments, type Interpreter } from './interpreter.js';
import { instanceOfIterator } from './iterator.js';
import { touch } from './journal.js';
import { functionsOf, known, pathText, textOf } from './library.js';
import type { Native, PythonModels } from './models.js';
import { joinPath, normalPath, baseOf, directoryOf } from './path-text.js';
import { boolValue, derived, intValue, listValue, noneValue, strValue, tupleValue, unknownValue } from './values.js';
import type { Value } from '../value.js';

/** A function from paths to a text. */
const onPaths = (compute: (py: Interpreter, ...paths: string[]) => string): Native =>
  known((py, values, origin, args) => {
    const texts = values.map((value) => pathText(py, value, args.at));
    return texts.includes(undefined) ? undefined : strValue(compute(py, ...(texts as string[])), origin);
  });

const absolute = (py: Interpreter, path: string): string =>
  normalPath(path.startsWith('/') ? path : joinPath(workingDirectory(py), path));

function asking(test: (kind: 'file' | 'directory') => boolean): Native {
  return known((py, [value], origin) => {
    if (value?.kind !== 'str' && value?.kind !== 'path') return undefined;
    const kind = kindOfPlace(py, value);
    if (kind === undefined) return unknownValue(`whether ${value.value} exists is up to the running system`, origin);
    return boolValue(kind !== 'absent' && test(kind), origin);
  });
}

const PATH_FUNCTIONS: Readonly<Record<string, Native>> = {
  join: onPaths((_, ...parts) => joinPath(...parts)),
  dirname: onPaths((_, path = '') => directoryOf(path)),
  basename: onPaths((_, path = '') => baseOf(path)),
  abspath: onPaths((py, path = '') => absolute(py, path)),
  realpath: onPaths((py, path = '') => absolute(py, path)),
  normpath: onPaths((_, path = '') => normalPath(path)),
  normcase: onPaths((_, path = '') => path),
  expandvars: known((py, [value], origin) => {
    const text = textOf(value);
    return text === undefined || text.includes('$') ? undefined : strValue(text, origin);
  }),
  expanduser: known((_, [value], origin) => {
    const text = textOf(value);
    return text === undefined ? undefined : text.startsWith('~') ? homeFolder(origin) : strValue(text, origin);
  }),
  relpath: known((py, [value, start], origin) => {
    const path = textOf(value);
    const from = start === undefined ? workingDirectory(py) : textOf(start);
    if (path === undefined || from === undefined) return undefined;
    const [a, b] = [absolute(py, from).split('/').filter(Boolean), absolute(py, path).split('/').filter(Boolean)];
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    return strValue([...a.slice(same).map(() => '..'), ...b.slice(same)].join('/') || '.', origin);
  }),
  splitext: known((_, [value], origin) => {
    const path = textOf(value);
    if (path === undefined) return undefined;
    const base = baseOf(path);
    const dot = base.replace(/^\.+/, (dots) => '_'.repeat(dots.length)).lastIndexOf('.');
    const cut = dot < 0 ? path.length : path.length - base.length + dot;
    return tupleValue([strValue(path.slice(0, cut), origin), strValue(path.slice(cut), origin)], origin);
  }),
  split: known((_, [value], origin) => {
    const path = textOf(value);
    return path === undefined
      ? undefined
      : tupleValue([strValue(directoryOf(path), origin), strValue(baseOf(path), origin)], origin);
  }),
  isabs: known((_, [value], origin) => {
    const path = textOf(value);
    return path === undefined ? undefined : boolValue(path.startsWith('/'), origin);
  }),
  exists: asking(() => true),
  lexists: asking(() => true),
  isfile: asking((kind) => kind === 'file'),
  isdir: asking((kind) => kind === 'directory'),
  islink: known((_, __, origin) => boolValue(false, origin)),
};

/** Calls a method of the environment, with the keywords of `os.getenv`. */
const getenv: Native = (py, args) => {
  const key = args.positional[0] ?? args.keywords.get('key');
  const fallback = args.positional[1] ?? args.keywords.get('default');
  const positional = [key, fallback].filter((one) => one !== undefined);
  return DICT_METHODS.get?.run(py, py.environ, { ...args, positional, keywords: new Map() }) ?? noneValue();
};

const nothing: Native = (_, args) => noneValue(derived(args.at));
const upToMachine =
  (what: string): Native =>
  (_, args) =>
    unknownValue(`${what} is up to the machine`, derived(args.at));

function listdir(py: Interpreter, args: Arguments): Value {
  const [value] = args.positional;
  const path = value === undefined ? workingDirectory(py) : textOf(value);
  const origin = derived(args.at, ...args.positional);
  if (path === undefined)
    return unknownValue(value?.kind === 'unknown' ? value.reason : 'the folder is not known', origin);
  const names = listFolder(py, path);
  if (names === undefined)
    return fail(py, 'FileNotFoundError', `${path} is read, and is not in the repository`, args.at);
  return listValue(
    names.map((name) => strValue(name, origin)),
    origin,
  );
}

function walk(py: Interpreter, args: Arguments): Value {
  const top = textOf(args.positional[0]);
  const origin = derived(args.at, ...args.positional);
  if (top === undefined) return unknownValue('the folder is not known', origin);
  const found: Value[] = [];
  const visit = (folder: string, depth: number): void => {
    const names = listFolder(py, folder);
    if (names === undefined || depth > 20 || found.length > 5_000) return;
    const inner = names.filter((name) => listFolder(py, joinPath(folder, name)) !== undefined);
    const list = (all: readonly string[]): Value =>
      listValue(
        all.map((name) => strValue(name, origin)),
        origin,
      );
    found.push(
      tupleValue([strValue(folder, origin), list(inner), list(names.filter((name) => !inner.includes(name)))], origin),
    );
    for (const name of inner) visit(joinPath(folder, name), depth + 1);
  };
  visit(top, 0);
  return instanceOfIterator(found, origin);
}

function putenv(py: Interpreter, args: Arguments): Value {
  noteGap(py, 'os.putenv changes the environment of what is started only', args.at);
  return noneValue();
}

export const OS: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['os.environ', (py) => py.environ],
    ['os.environb', () => unknownValue('the environment in bytes is not followed')],
    ...functionsOf('os.path', PATH_FUNCTIONS),
    ...functionsOf('posixpath', PATH_FUNCTIONS),
    ...functionsOf('os', {
      getenv,
      putenv,
      unsetenv: (py, args) => {
        const [name] = args.positional;
        if (name?.kind === 'str') {
          touch(py, py.environ);
          py.environ.entries.delete(`s${name.value}`);
        }
        return noneValue();
      },
      getcwd: (py, args) => strValue(workingDirectory(py), derived(args.at)),
      listdir,
      walk,
      makedirs: nothing,
      mkdir: nothing,
      chdir: nothing,
      umask: nothing,
      remove: nothing,
      unlink: nothing,
      nice: nothing,
      fspath: known((_, [value], origin) => {
        const text = textOf(value);
        return text === undefined ? undefined : strValue(text, origin);
      }),
      getpid: upToMachine('the process id'),
      getuid: upToMachine('the user'),
      uname: upToMachine('the system'),
      cpu_count: upToMachine('the number of processors'),
      urandom: upToMachine('a random value'),
      access: (py, args) =>
        PATH_FUNCTIONS.exists?.(py, { ...args, positional: args.positional.slice(0, 1) }) ?? noneValue(),
    }),
    ['os.sep', () => strValue('/')],
    ['os.path.sep', () => strValue('/')],
    ['os.pathsep', () => strValue(':')],
    ['os.linesep', () => strValue('\n')],
    ['os.curdir', () => strValue('.')],
    ['os.pardir', () => strValue('..')],
    ['os.devnull', () => strValue('/dev/null')],
    ['os.name', () => strValue('posix')],
    ['os.R_OK', () => intValue(4)],
    ['os.W_OK', () => intValue(2)],
    ['os.F_OK', () => intValue(0)],
  ]),
};
