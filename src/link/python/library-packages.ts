import type { Location } from '../../location.js';
import { absoluteName } from './import-statements.js';
import { instanceOf, type Arguments, type Interpreter } from './interpreter.js';
import { functionsOf, textOf } from './library.js';
import { argument, nativeClass, nativeFunction, type Native, type PythonModels } from './models.js';
import { derived, listValue, noneValue, recordValue, strValue, unknownValue } from './values.js';
import type { Value } from '../value.js';

const identity: Native = (_, args) => args.positional[0] ?? noneValue();

/** What of importing and of installed packages a program can ask for. */
export const PACKAGES: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('importlib', {
      import_module: (py, args) => {
        const [name, base] = args.positional;
        const text = textOf(name);
        if (text === undefined)
          return unknownValue(
            name?.kind === 'unknown' ? name.reason : 'the module is not known',
            derived(args.at, ...args.positional),
          );
        const level = /^\.*/.exec(text)?.[0].length ?? 0;
        const package_ = textOf(base ?? args.keywords.get('package'));
        if (level === 0) return py.importModule(text, args.at);
        const from = package_?.split('.') ?? [];
        const absolute =
          package_ === undefined && py.frame !== undefined
            ? absoluteName(py.frame, level, text.slice(level))
            : [...from.slice(0, from.length - level + 1), text.slice(level)].join('.');
        return absolute === undefined
          ? unknownValue('the module is not known', derived(args.at))
          : py.importModule(absolute, args.at);
      },
      reload: identity,
    }),
    ...functionsOf('importlib.metadata', {
      entry_points: (py, args) => entryPoints(py, args),
      version: (_, args) => versionOf(args.positional[0], args.at),
    }),
    ...functionsOf('pkg_resources', {
      iter_entry_points: (py, args) => pointsOf(py, textOf(argument(args, 0, 'group')), args),
    }),
    [
      'importlib.util.find_spec',
      () => nativeFunction('find_spec', (py, args) => found(py, args.positional[0], args.at)),
    ],
    ['pkgutil.find_loader', () => nativeFunction('find_loader', (py, args) => found(py, args.positional[0], args.at))],
  ]),
};

const MANIFEST = /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/;

/**
 * The entry points of a group. Packages that extend the program from outside would have to be declared; none is taken
 * to do so. What the repository itself provides depends on what of it is installed.
 */
function pointsOf(py: Interpreter, group: string | undefined, args: Arguments): Value {
  const origin = derived(args.at, ...args.positional);
  const own =
    group === undefined ||
    py.inventory.files.some(({ path }) => MANIFEST.test(path) && py.inventory.read(path)?.includes(group) === true);
  return own ? unknownValue('which packages extend the program is not known', origin) : listValue([], origin);
}

/** `entry_points()` of all groups, which gives those of one when asked. */
function entryPoints(py: Interpreter, args: Arguments): Value {
  const group = args.keywords.get('group');
  return group === undefined
    ? instanceOf(ENTRY_POINTS, derived(args.at))
    : pointsOf(py, textOf(group), { ...args, positional: [group] });
}

const ENTRY_POINTS = nativeClass('importlib.metadata.EntryPoints', {
  select: (py, args) => pointsOf(py, textOf(args.keywords.get('group')), args),
  get: (py, args) => pointsOf(py, textOf(args.positional[1]), args),
  __getitem__: (py, args) => pointsOf(py, textOf(args.positional[1]), args),
});

function versionOf(name: Value | undefined, at: Location): Value {
  const text = textOf(name)
    ?.toLowerCase()
    .replace(/[-_.]+/g, '-');
  return unknownValue(`which version of ${text ?? 'a package'} is installed is not known`, derived(at));
}

/** None where a module is not there, something where it is. */
function found(py: Interpreter, name: Value | undefined, at: Location): Value {
  const text = textOf(name);
  if (text === undefined) return unknownValue('the module is not known', derived(at));
  const there = py.isThere(text);
  if (there === undefined) return unknownValue(`whether package ${text} is installed is not known`, derived(at));
  return there ? recordValue([['name', strValue(text)]], derived(at)) : noneValue(derived(at));
}
