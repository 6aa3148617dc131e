import type { Location } from '../../location.js';
import type { Import, ImportFrom, Module } from '../../parse/python-ast.js';
import { libraryName } from './attributes.js';
import { placeIn } from './expressions.js';
import {
  LIMITS,
  charge,
  exceptionClass,
  fail,
  isCaught,
  makeException,
  noteGap,
  PythonRaise,
  type Frame,
  type Interpreter,
  type LoadedModule,
} from './interpreter.js';
import { touch } from './journal.js';
import { isInstalled } from './packages.js';
import { findModule } from './roots.js';
import { storeName } from './scope.js';
import { derived, dictValue, externalValue, listValue, originAt, strValue, unknownValue } from './values.js';
import { REPOSITORY, type Value } from '../value.js';

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

/** `import a.b as c` */
export function importNames(py: Interpreter, frame: Frame, node: Import): void {
  for (const alias of node.names) {
    const at = placeIn(frame, alias);
    const value = importModule(py, alias.name, at);
    const [top = alias.name] = alias.name.split('.');
    const bound =
      alias.asname !== null || top === alias.name
        ? value
        : (py.modules.get(top)?.value ?? (value.kind === 'external' ? externalValue(top, originAt(at)) : value));
    py.frame = frame;
    storeName(py, frame, alias.asname ?? top, bound, at);
  }
}

/** The absolute name of a module that an import names relative to the running one. */
export function absoluteName(frame: Frame, level: number, module: string): string | undefined {
  if (level === 0) return module;
  const held = frame.module.namespace.entries.get('s__package__')?.value;
  const parts = held?.kind === 'str' && held.value !== '' ? held.value.split('.') : [];
  if (parts.length < level - 1 + (parts.length === 0 ? 0 : 1))
    return parts.length === 0 && level === 1 ? module : undefined;
  const base = parts.slice(0, parts.length - (level - 1));
  return [...base, ...(module === '' ? [] : [module])].join('.');
}

/** `from a import b` */
export function importFrom(py: Interpreter, frame: Frame, node: ImportFrom): void {
  const at = placeIn(frame, node);
  const name = absoluteName(frame, node.level, node.module);
  const source =
    name === undefined || name === ''
      ? fail(py, 'ImportError', 'a relative import leads out of the package', at)
      : importModule(py, name, at);
  py.frame = frame;
  for (const alias of node.names) {
    const place = placeIn(frame, alias);
    if (alias.name === '*') {
      star(py, frame, source, name ?? '', place);
      continue;
    }
    const value = member(py, source, alias.name, place);
    py.frame = frame;
    storeName(py, frame, alias.asname ?? alias.name, value, place);
    keepPlace(py, frame, source, alias.name, alias.asname ?? alias.name);
  }
}

/** A name that is imported was set where its module set it. */
function keepPlace(py: Interpreter, frame: Frame, source: Value, from: string, to: string): void {
  if (source.kind !== 'module' || frame.kind !== 'module') return;
  const origin = py.modules.get(source.name)?.bindings.get(from);
  if (origin !== undefined) frame.module.bindings.set(to, origin);
}

function member(py: Interpreter, source: Value, name: string, at: Location): Value {
  if (source.kind === 'external') return libraryName(py, `${source.name}.${name}`, at);
  if (source.kind !== 'module')
    return unknownValue(source.kind === 'unknown' ? source.reason : 'the module is not known', derived(at, source));
  const loaded = py.modules.get(source.name);
  const found = loaded?.namespace.entries.get(`s${name}`)?.value;
  if (found !== undefined) return found;
  const full = `${source.name}.${name}`;
  if (findModule(py.inventory, py.roots, py.searchPath, full) !== undefined) return importModule(py, full, at);
  const dynamic = loaded?.namespace.entries.get('s__getattr__')?.value;
  if (dynamic !== undefined) return py.call(dynamic, { positional: [strValue(name)], keywords: new Map(), at });
  const open = loaded?.namespace.entries.get('s*')?.value;
  if (open?.kind === 'unknown') return unknownValue(open.reason, derived(at, open));
  if (loaded?.state === 'running')
    return unknownValue(`${name} is imported from ${source.name} before it is set there`, originAt(at));
  return fail(py, 'ImportError', `module ${source.name} has no ${name}`, at);
}

function star(py: Interpreter, frame: Frame, source: Value, name: string, at: Location): void {
  if (source.kind === 'external') {
    const all = py.models.names.get(`${source.name}.*`)?.(py);
    if (all?.kind === 'dict') {
      for (const { key, value } of all.entries.values())
        if (key.kind === 'str') storeName(py, frame, key.value, value, at);
      return;
    }
  }
  const loaded = source.kind === 'module' ? py.modules.get(source.name) : undefined;
  if (loaded === undefined) {
    const reason = source.kind === 'unknown' ? source.reason : `${name} is a library`;
    touch(py, frame.locals);
    frame.locals.entries.set('s*', { key: strValue('*'), value: unknownValue(reason, derived(at, source)) });
    noteGap(py, `what the star import of ${name} brings is not known: ${reason}`, at);
    return;
  }
  const listed = loaded.namespace.entries.get('s__all__')?.value;
  const names =
    listed !== undefined && 'items' in listed
      ? listed.items.flatMap((one) => (one.kind === 'str' ? one.value : []))
      : [...loaded.namespace.entries.values()].flatMap(({ key }) =>
          key.kind === 'str' && !key.value.startsWith('_') ? key.value : [],
        );
  charge(py, names.length);
  touch(py, frame.locals);
  for (const one of names) {
    const entry =
      loaded.namespace.entries.get(`s${one}`) ??
      (listed === undefined ? undefined : { key: strValue(one), value: member(py, source, one, at) });
    if (entry === undefined) continue;
    frame.locals.entries.set(`s${one}`, entry);
    const binding = loaded.bindings.get(one);
    if (binding !== undefined && frame.locals === frame.module.namespace) frame.module.bindings.set(one, binding);
  }
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
