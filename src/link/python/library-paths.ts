import { fileOf } from './file-object.js';
import type { Arguments } from './interpreter.js';
import { homeFolder } from './home-folder.js';
import { workingDirectory } from './files.js';
import { globPaths, shellPattern } from './glob.js';
import { functionsOf, known, pathText, textOf } from './library.js';
import { nativeFunction, type Native, type PythonModels } from './models.js';
import { joinPath, pathlibText } from './path-text.js';
import { boolValue, derived, listValue, pathValue, strValue, unknownValue } from './values.js';
import { NOWHERE, type ClassValue, type Value } from '../value.js';

const makePath: Native = known((py, values, origin, args) => {
  const texts = values.map((value) => pathText(py, value, args.at));
  return texts.includes(undefined) ? undefined : pathValue(pathlibText(joinPath(...(texts as string[]))), origin);
});

const PURE: ClassValue = {
  kind: 'class',
  name: 'PurePath',
  qualifiedName: 'pathlib.PurePath',
  bases: [],
  attributes: new Map<string, Value>([['#new', nativeFunction('PurePath', makePath)]]),
  origin: NOWHERE,
};
const PATH: ClassValue = {
  kind: 'class',
  name: 'Path',
  qualifiedName: 'pathlib.Path',
  bases: [PURE],
  attributes: new Map<string, Value>([
    ['#new', nativeFunction('Path', makePath)],
    ['cwd', nativeFunction('cwd', (py, args) => pathValue(workingDirectory(py), derived(args.at)))],
    ['home', nativeFunction('home', (_, args) => homeFolder(derived(args.at)))],
  ]),
  origin: NOWHERE,
};

export const PATHS: Partial<PythonModels> = {
  names: new Map([
    ...['Path', 'PosixPath'].map((name) => [`pathlib.${name}`, (): Value => PATH] as const),
    ...['PurePath', 'PurePosixPath'].map((name) => [`pathlib.${name}`, (): Value => PURE] as const),
    ...functionsOf('glob', {
      glob: known((py, [pattern], origin) => {
        const text = textOf(pattern);
        if (text === undefined) return undefined;
        const folder = text.startsWith('/') ? '/' : workingDirectory(py);
        return listValue(
          globPaths(py, folder, text).map((path) =>
            strValue(text.startsWith('/') ? path : path.slice(folder.length + 1), origin),
          ),
          origin,
        );
      }),
    }),
    ...functionsOf('fnmatch', {
      fnmatch: known((_, [name, pattern], origin) => {
        const [a, b] = [textOf(name), textOf(pattern)];
        return a === undefined || b === undefined ? undefined : boolValue(shellPattern(b)(a), origin);
      }),
    }),
    ...functionsOf('io', {
      StringIO: (_, args) => textFile(args, false),
      BytesIO: (_, args) => textFile(args, true),
      open: (py, args) => py.call(py.builtins.get('open') ?? makeUnknown(), args),
    }),
    ...functionsOf('codecs', { open: (py, args) => py.call(py.builtins.get('open') ?? makeUnknown(), args) }),
  ]),
};

/** A file in memory that is made to be read; what is written into one is not followed. */
function textFile(args: Arguments, binary: boolean): Value {
  const [text] = args.positional;
  if (text?.kind === 'str' && !binary) return fileOf(text.value, false, derived(args.at, text));
  if (text?.kind === 'bytes' && binary)
    return fileOf(Buffer.from(text.value, 'latin1').toString('utf8'), true, derived(args.at, text));
  const reason = text?.kind === 'unknown' ? text.reason : 'what is written into a file in memory is not followed';
  return unknownValue(reason, derived(args.at, ...args.positional));
}

function makeUnknown(): Value {
  return unknownValue('the file is not known');
}
