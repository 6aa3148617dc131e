import type { Location } from '../../location.js';
import type { Expression, Statement } from '../../parse/python/ast.js';
import { LIMITS, fail, type Frame, type Interpreter } from './interpreter.js';
import { mayBeAbsent, touch } from './journal.js';
import { derived, isShared, originAt, placesAfter, setAt, strValue, unite, unknownValue } from './values.js';
import type { DictValue, Value } from '../value.js';

/** What a name stands for where `frame` runs. */
export function loadName(py: Interpreter, frame: Frame, name: string, at: Location): Value {
  const key = `s${name}`;
  for (let scope: Frame | undefined = frame; scope !== undefined; scope = scope.outer) {
    if (scope.kind === 'class' && scope !== frame) continue;
    const found = scope.locals.kind === 'dict' ? scope.locals.entries.get(key)?.value : undefined;
    if (found !== undefined) return present(found);
  }
  const { namespace } = frame.module;
  if ((namespace as Value).kind === 'unknown')
    return unknownValue('the names of the module are not known', derived(at));
  const found = namespace.entries.get(key)?.value ?? py.builtins.get(name);
  if (found !== undefined) return present(found);
  const star = namespace.entries.get('s*')?.value;
  if (star?.kind === 'unknown')
    return unknownValue(`${name} may come from a star import: ${star.reason}`, derived(at, star));
  return fail(py, 'NameError', `name ${name} is not defined`, at);
}

function present(value: Value): Value {
  return value.kind === 'unknown' && mayBeAbsent(value) ? { ...value, absent: false } : value;
}

/** The namespace that an assignment to a name in `frame` changes. */
function target(frame: Frame, name: string): DictValue {
  if (frame.globals.has(name)) return frame.module.namespace;
  if (frame.nonlocals.has(name)) {
    for (let scope = frame.outer; scope !== undefined; scope = scope.outer)
      if (scope.locals.entries.has(`s${name}`)) return scope.locals;
  }
  return frame.locals;
}

/** `name = value` at `at`. */
export function storeName(py: Interpreter, frame: Frame, name: string, value: Value, at: Location): void {
  const namespace = target(frame, name);
  if (
    (namespace as Value).kind !== 'dict' ||
    (namespace.entries.size >= LIMITS.items && !namespace.entries.has(`s${name}`))
  )
    return;
  touch(py, namespace);
  namespace.entries.set(`s${name}`, { key: strValue(name), value: setAt(value, at, frame.control) });
  if (namespace === frame.module.namespace)
    frame.module.bindings.set(name, { locations: [at], variables: frame.control });
}

export function deleteName(py: Interpreter, frame: Frame, name: string): void {
  const namespace = target(frame, name);
  touch(py, namespace);
  namespace.entries.delete(`s${name}`);
}

/** Notes that what a name of the module holds was changed at `at`. */
export function noteChange(frame: Frame, name: string, at: Location): void {
  const { namespace, bindings } = frame.module;
  if (!namespace.entries.has(`s${name}`) || (frame.locals !== namespace && frame.locals.entries.has(`s${name}`)))
    return;
  const before = bindings.get(name) ?? { locations: [], variables: [] };
  bindings.set(name, {
    locations: placesAfter([at], before.locations),
    variables: unite(before.variables, frame.control),
  });
}

/** Notes that names would have been set, had the environment been another. */
export function noteDependence(
  py: Interpreter,
  frame: Frame,
  names: Iterable<string>,
  variables: readonly string[],
): void {
  if (variables.length === 0) return;
  for (const name of names) {
    const namespace = target(frame, name);
    const found = namespace.entries.get(`s${name}`);
    if (found === undefined) continue;
    if (!isShared(found.value)) {
      touch(py, namespace);
      const { origin } = found.value;
      const value = {
        ...found.value,
        origin: { locations: origin.locations, variables: unite(origin.variables, variables) },
      };
      namespace.entries.set(`s${name}`, { key: found.key, value });
    }
    if (namespace !== frame.module.namespace) continue;
    const before = frame.module.bindings.get(name) ?? { locations: [], variables: [] };
    frame.module.bindings.set(name, { locations: before.locations, variables: unite(before.variables, variables) });
  }
}

/** Whatever the names hold from now on, it is not known. */
export function forgetNames(
  py: Interpreter,
  frame: Frame,
  names: Iterable<string>,
  reason: string,
  at: Location,
): void {
  for (const name of names) {
    const namespace = target(frame, name);
    touch(py, namespace);
    namespace.entries.set(`s${name}`, { key: strValue(name), value: unknownValue(reason, originAt(at)) });
  }
}

export interface Effects {
  /** Names that are set, or whose object is changed. */
  readonly names: ReadonlySet<string>;
  /** Whether a `return`, `break` or `continue` may end what follows. */
  readonly leaves: boolean;
  readonly raises: boolean;
}

const effects = new WeakMap<readonly Statement[], Effects>();

/** What statements would do, by their looks. */
export function effectsOf(body: readonly Statement[]): Effects {
  const known = effects.get(body);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const found = { leaves: false, raises: false };
  for (const statement of body) collect(statement, names, found, 0);
  const outcome = { names, ...found };
  effects.set(body, outcome);
  return outcome;
}

interface Found {
  leaves: boolean;
  raises: boolean;
}

function collect(statement: Statement, names: Set<string>, found: Found, depth: number): void {
  if (depth > 60) return;
  const inner = (body: readonly Statement[]): void => {
    for (const one of body) collect(one, names, found, depth + 1);
  };
  switch (statement.type) {
    case 'Assign':
      statement.targets.forEach((one) => {
        targets(one, names);
      });
      break;
    case 'AugAssign':
    case 'AnnAssign':
    case 'For':
      targets(statement.target, names);
      if (statement.type !== 'For') break;
      inner(statement.body);
      inner(statement.orelse);
      break;
    case 'While':
    case 'If':
      inner(statement.body);
      inner(statement.orelse);
      break;
    case 'With':
      for (const item of statement.items) if (item.target !== null) targets(item.target, names);
      inner(statement.body);
      break;
    case 'Try':
      inner(statement.body);
      for (const handler of statement.handlers) inner(handler.body);
      inner(statement.orelse);
      inner(statement.finalbody);
      break;
    case 'Match':
      for (const one of statement.cases) inner(one.body);
      break;
    case 'FunctionDef':
    case 'ClassDef':
      names.add(statement.name);
      break;
    case 'Import':
    case 'ImportFrom':
      for (const alias of statement.names) names.add(alias.asname ?? alias.name.split('.')[0] ?? alias.name);
      break;
    case 'Delete':
      statement.targets.forEach((one) => {
        targets(one, names);
      });
      break;
    case 'Expr':
      if (statement.value.type === 'Call' && statement.value.func.type === 'Attribute')
        targets(statement.value.func.value, names);
      break;
    case 'Return':
    case 'Break':
    case 'Continue':
      found.leaves = true;
      break;
    case 'Raise':
      found.raises = true;
      break;
    default:
  }
}

/** The names at the root of an assignment's target: `a` of `a.b["c"]`. */
function targets(expression: Expression, names: Set<string>): void {
  let root = expression;
  while (root.type === 'Attribute' || root.type === 'Subscript' || root.type === 'Starred') root = root.value;
  if (root.type === 'Name') names.add(root.id);
  else if (root.type === 'Tuple' || root.type === 'List')
    for (const element of root.elts) if (element.type !== 'Constant') targets(element, names);
}

export function rootName(expression: Expression): string | undefined {
  let root = expression;
  while (root.type === 'Attribute' || root.type === 'Subscript' || root.type === 'Call')
    root = root.type === 'Call' ? root.func : root.value;
  return root.type === 'Name' ? root.id : undefined;
}
