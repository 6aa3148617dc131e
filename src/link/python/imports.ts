import type { Module } from '../../parse/python/ast.js';
import {
  type Interpreter,
  charge,
  isCaught,
  exceptionClass,
  noteGap,
  fail,
  PythonRaise,
  makeException,
  type LoadedModule,
  LIMITS,
  type Frame,
} from './interpreter.js';
import type { Location } from '../../location.js';
import { type Value, REPOSITORY } from '../value.js';
import { findModule } from './roots.js';
import { touch } from './journal.js';
import { strValue, originAt, externalValue, dictValue, listValue } from './values.js';
import { isInstalled } from './packages.js';

const emptyTree: Module = { type: 'Module', body: [], start: 0, end: 0 };

/** Imports a module by its dotted name, with the packages above it; what is not in the repository is a library. */
export function importModule(py: Interpreter, name: string, at: Location): Value {
  charge(py);
  const parts = name.split('.');
  const [top = ''] = parts;
  if (findModule(py.inventory, py.roots, py.searchPath, top) === undefined || shadowed(py, top))
    return importLibrary(py, name, at);
  let value: Value | undefined;
  for (let i = 1; i <= parts.length; i++) {
    const part = parts.slice(0, i).join('.');
    const loaded = load(py, part, at);
    if (loaded === undefined) {
      // A package may have put the module there by other means.
      const found =
        value?.kind === 'module'
          ? py.modules.get(value.name)?.namespace.entries.get(`s${parts[i - 1] ?? ''}`)?.value
          : undefined;
      if (found === undefined) return absent(py, part, at);
      value = found;
      continue;
    }
    const parent = py.modules.get(parts.slice(0, i - 1).join('.'));
    const last = parts[i - 1];
    if (parent !== undefined && last !== undefined && !parent.namespace.entries.has(`s${last}`)) {
      touch(py, parent.namespace);
      parent.namespace.entries.set(`s${last}`, { key: strValue(last), value: loaded.value });
    }
    value = loaded.value;
  }
  return value ?? absent(py, name, at);
}

/** A folder without Python files that has the name of a library is not that library. */
function shadowed(py: Interpreter, top: string): boolean {
  const found = findModule(py.inventory, py.roots, py.searchPath, top);
  if (found?.kind !== 'namespace') return false;
  return (
    isInstalled(py, top) === true ||
    !py.inventory.files.some(({ path }) => path.startsWith(`${found.path}/`) && path.endsWith('.py'))
  );
}

function absent(py: Interpreter, name: string, at: Location): Value {
  const message = `module ${name} is not in the repository`;
  if (!isCaught(py, exceptionClass(py, 'ModuleNotFoundError'))) noteGap(py, message, at);
  return fail(py, 'ModuleNotFoundError', message, at);
}

function importLibrary(py: Interpreter, name: string, at: Location): Value {
  const type = exceptionClass(py, 'ModuleNotFoundError');
  if (isCaught(py, type)) {
    const installed = isInstalled(py, name);
    const message = `package ${name.split('.')[0] ?? name} is not declared as a dependency`;
    if (installed === false) return fail(py, 'ModuleNotFoundError', message, at);
    if (installed === undefined) {
      const raised = new PythonRaise(
        makeException(py, 'ModuleNotFoundError', message, originAt(at)),
        at,
        `whether package ${name} is installed is not known`,
      );
      py.handlers.findLast((handler) => handler.catches(type))?.possible.push(raised);
    }
  }
  return externalValue(name, originAt(at));
}

function load(py: Interpreter, name: string, at: Location): LoadedModule | undefined {
  const known = py.modules.get(name);
  if (known !== undefined) return known;
  const found = findModule(py.inventory, py.roots, py.searchPath, name);
  if (found === undefined) return undefined;
  const document = found.kind === 'namespace' ? undefined : py.documents.get<Module>(found.path, 'python');
  const module = makeModule(
    name,
    found.path,
    document ?? { path: found.path, language: 'python', text: '', lines: [0], tree: emptyTree, comments: [] },
    found.kind === 'package',
  );
  touch(py, py.modules);
  py.modules.set(name, module);
  if (document === undefined) {
    if (found.kind !== 'namespace') noteGap(py, `module ${name} cannot be read`, at);
    module.state = 'done';
    return module;
  }
  runLoaded(py, module, at);
  return module;
}

/** Runs the code of a module in its own namespace. */
export function runLoaded(py: Interpreter, module: LoadedModule, at: Location): void {
  const { frame, depth } = py;
  if (py.importDepth >= LIMITS.imports) {
    noteGap(py, 'the chain of imports is too long to be followed', at);
    return;
  }
  py.importDepth++;
  py.depth = 0;
  try {
    py.runModule(moduleFrame(module, []));
  } finally {
    py.frame = frame;
    py.depth = depth;
    py.importDepth--;
    module.state = 'done';
  }
}

export function moduleFrame(module: LoadedModule, control: readonly string[]): Frame {
  return {
    kind: 'module',
    locals: module.namespace,
    outer: undefined,
    module,
    globals: new Set(),
    nonlocals: new Set(),
    control,
  };
}

export function makeModule(
  name: string,
  path: string,
  document: LoadedModule['document'],
  isPackage: boolean,
): LoadedModule {
  const origin = originAt({ uri: path, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } });
  const parent = isPackage ? name : name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
  const file = strValue(`${REPOSITORY}/${path}`, origin);
  const namespace = dictValue(
    [
      [strValue('__name__'), strValue(name, origin)],
      [strValue('__file__'), file],
      [strValue('__package__'), strValue(parent, origin)],
      [strValue('__doc__'), { kind: 'none', origin }],
      ...(isPackage
        ? [
            [
              strValue('__path__'),
              listValue([strValue(`${REPOSITORY}/${path.replace(/\/?__init__\.py$/, '')}`, origin)]),
            ] as const,
          ]
        : []),
    ],
    origin,
  );
  return {
    name,
    path,
    document,
    namespace,
    bindings: new Map(),
    value: { kind: 'module', name, origin },
    state: 'running',
  };
}

/** Runs the code of a file in the namespace of another module. */
export function runFile(py: Interpreter, path: string, frame: Frame, at: Location): void {
  const document = py.documents.get<Module>(path, 'python');
  if (document === undefined) {
    noteGap(py, `${path} cannot be read`, at);
    return;
  }
  const before = py.frame;
  const module: LoadedModule = { ...frame.module, path, document };
  if (py.importDepth >= LIMITS.imports) return;
  py.importDepth++;
  try {
    py.runModule({ ...frame, kind: 'module', module, control: frame.control });
  } finally {
    py.frame = before;
    py.importDepth--;
  }
}
