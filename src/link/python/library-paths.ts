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
    ...functionsOf('io', { open: (py, args) => py.call(py.builtins.get('open') ?? makeUnknown(), args) }),
    ...functionsOf('codecs', { open: (py, args) => py.call(py.builtins.get('open') ?? makeUnknown(), args) }),
  ]),
};

function makeUnknown(): Value {
  return unknownValue('the file is not known');
}
