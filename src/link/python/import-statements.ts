import { type Interpreter, type Frame, fail, noteGap, charge } from './interpreter.js';
import type { Import, ImportFrom } from '../../parse/python/ast.js';
import { placeIn } from './place-in.js';
import { importModule } from './imports.js';
import { externalValue, originAt, unknownValue, derived, strValue } from './values.js';
import { storeName } from './scope.js';
import type { Value } from '../value.js';
import type { Location } from '../../location.js';
import { libraryName } from './attributes.js';
import { findModule } from './roots.js';
import { touch } from './journal.js';

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
