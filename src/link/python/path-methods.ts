import { homeFolder } from './home-folder.js';
import { kindOfPath, listFolder, workingDirectory } from './files.js';
import { globPaths } from './glob.js';
import { fail, type Arguments, type Interpreter } from './interpreter.js';
import { instanceOfIterator } from './iterator.js';
import type { Method, Methods } from './method.js';
import { spread } from './spread.js';
import { baseOf, directoryOf, joinPath, normalPath, pathlibText } from './path-text.js';
import { openFile } from './open.js';
import {
  boolValue,
  bytesValue,
  derived,
  listValue,
  noneValue,
  pathValue,
  strValue,
  tupleValue,
  unknownValue,
} from './values.js';
import type { Origin, Value } from '../value.js';

type OnPath = (py: Interpreter, path: string, texts: readonly string[], args: Arguments, origin: Origin) => Value;

function onPath(run: OnPath, property = false): Method {
  const method = (py: Interpreter, self: Value, args: Arguments): Value => {
    const all = [self, ...args.positional];
    const open = spread(args.at, all, ([one = self, ...rest]) => method(py, one, { ...args, positional: rest }));
    if (open !== undefined) return open;
    const origin = derived(args.at, ...all);
    if (self.kind !== 'path') return unknownValue('the path is not known', origin);
    const texts = args.positional.flatMap((one) => (one.kind === 'str' || one.kind === 'path' ? one.value : []));
    return run(py, self.value, texts, args, origin);
  };
  return property ? { run: method, property } : { run: method };
}

const parentOf = (path: string): string => pathlibText(directoryOf(path) || (path.startsWith('/') ? '/' : '.'));
const stemOf = (name: string): string =>
  name.lastIndexOf('.') > 0 && !name.endsWith('.') ? name.slice(0, name.lastIndexOf('.')) : name;
const suffixOf = (name: string): string => name.slice(stemOf(name).length);
const absolute = (py: Interpreter, path: string): string =>
  path.startsWith('/') ? path : joinPath(workingDirectory(py), path);

function exists(test: (kind: 'file' | 'directory') => boolean): Method {
  return onPath((py, path, _, __, origin) => {
    const kind = kindOfPath(py, path);
    if (kind === undefined) return unknownValue(`whether ${path} exists is up to the running system`, origin);
    return boolValue(kind !== 'absent' && test(kind), origin);
  });
}

const resolve = onPath((py, path, _, __, origin) => pathValue(normalPath(absolute(py, path)), origin));
const nothing = onPath(() => noneValue());

export const PATH_METHODS: Methods = {
  parent: onPath((_, path, __, ___, origin) => pathValue(parentOf(path), origin), true),
  parents: onPath((_, path, __, ___, origin) => {
    const all: Value[] = [];
    for (let at = path; parentOf(at) !== at && all.length < 100;) {
      at = parentOf(at);
      all.push(pathValue(at, origin));
    }
    return tupleValue(all, origin);
  }, true),
  parts: onPath((_, path, __, ___, origin) => {
    const parts = path.split('/').filter((part) => part !== '');
    return tupleValue(
      (path.startsWith('/') ? ['/', ...parts] : parts).map((part) => strValue(part, origin)),
      origin,
    );
  }, true),
  name: onPath((_, path, __, ___, origin) => strValue(baseOf(path), origin), true),
  stem: onPath((_, path, __, ___, origin) => strValue(stemOf(baseOf(path)), origin), true),
  suffix: onPath((_, path, __, ___, origin) => strValue(suffixOf(baseOf(path)), origin), true),
  joinpath: onPath((_, path, texts, __, origin) => pathValue(pathlibText(joinPath(path, ...texts)), origin)),
  with_name: onPath((_, path, [name = ''], __, origin) =>
    pathValue(pathlibText(joinPath(directoryOf(path), name)), origin),
  ),
  with_suffix: onPath((_, path, [suffix = ''], __, origin) =>
    pathValue(pathlibText(joinPath(directoryOf(path), stemOf(baseOf(path)) + suffix)), origin),
  ),
  relative_to: onPath((py, path, [base = ''], args, origin) => {
    const from = pathlibText(base);
    if (path === from) return pathValue('.', origin);
    const prefix = from === '/' ? '/' : `${from}/`;
    return path.startsWith(prefix)
      ? pathValue(path.slice(prefix.length), origin)
      : fail(py, 'ValueError', `${path} is not below ${from}`, args.at);
  }),
  is_absolute: onPath((_, path, __, ___, origin) => boolValue(path.startsWith('/'), origin)),
  as_posix: onPath((_, path, __, ___, origin) => strValue(path, origin)),
  as_uri: onPath((_, path, __, ___, origin) => strValue(`file://${path}`, origin)),
  __str__: onPath((_, path, __, ___, origin) => strValue(path, origin)),
  __fspath__: onPath((_, path, __, ___, origin) => strValue(path, origin)),
  resolve,
  absolute: onPath((py, path, _, __, origin) => pathValue(pathlibText(absolute(py, path)), origin)),
  expanduser: onPath((_, path, __, ___, origin) =>
    path.startsWith('~') ? homeFolder(origin) : pathValue(path, origin),
  ),
  exists: exists(() => true),
  is_file: exists((kind) => kind === 'file'),
  is_dir: exists((kind) => kind === 'directory'),
  mkdir: nothing,
  touch: nothing,
  unlink: nothing,
  chmod: nothing,
  write_text: nothing,
  write_bytes: nothing,
  read_text: onPath((py, path, _, args, origin) => {
    const file = openFile(py, path, args.at, origin);
    return typeof file === 'string' ? strValue(file, origin) : file;
  }),
  read_bytes: onPath((py, path, _, args, origin) => {
    const file = openFile(py, path, args.at, origin);
    return typeof file === 'string' ? bytesValue(Buffer.from(file, 'utf8').toString('latin1'), origin) : file;
  }),
  open: onPath((py, path, texts, args) => {
    const open = py.builtins.get('open');
    return open === undefined
      ? unknownValue('the file is not known')
      : py.call(open, { ...args, positional: [pathValue(path), ...texts.map((one) => strValue(one))] });
  }),
  iterdir: onPath((py, path, _, args, origin) => {
    const names = listFolder(py, path);
    return names === undefined
      ? fail(py, 'FileNotFoundError', `${path} is not in the repository`, args.at)
      : instanceOfIterator(
          names.map((name) => pathValue(joinPath(path, name), origin)),
          origin,
        );
  }),
  glob: onPath((py, path, [pattern = ''], _, origin) =>
    listValue(
      globPaths(py, path, pattern).map((one) => pathValue(one, origin)),
      origin,
    ),
  ),
  rglob: onPath((py, path, [pattern = ''], _, origin) =>
    listValue(
      globPaths(py, path, `**/${pattern}`).map((one) => pathValue(one, origin)),
      origin,
    ),
  ),
  samefile: onPath((_, path, [other], __, origin) => boolValue(path === other, origin)),
};
