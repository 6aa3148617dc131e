import type { Location } from '../../location.js';
import type { ClassDef, Expression, FunctionDef, Statement } from '../../parse/python/ast.js';
import { findInClass } from './class-order.js';
import { defaultsOf } from './lambda.js';
import { evaluate } from './expressions.js';
import { closureOf, functionValue } from './functions.js';
import type { Frame, Interpreter } from './interpreter.js';
import { makeRecord } from './records.js';
import { derived, dictValue, listValue, originAt, strValue, unknownValue } from './values.js';
import type { ClassValue, Value } from '../value.js';

interface Declared {
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  readonly generator: boolean;
}

const declarations = new WeakMap<FunctionDef, Declared>();

function declared(node: FunctionDef): Declared {
  const known = declarations.get(node);
  if (known !== undefined) return known;
  const globals = new Set<string>();
  const nonlocals = new Set<string>();
  let generator = false;
  const visit = (body: readonly Statement[], depth: number): void => {
    if (depth > 60) return;
    for (const one of body) {
      if (one.type === 'Global') one.names.forEach((name) => globals.add(name));
      else if (one.type === 'Nonlocal') one.names.forEach((name) => nonlocals.add(name));
      else if (one.type === 'Expr' || one.type === 'Assign' || one.type === 'Return') {
        if (one.value !== null && yields(one.value)) generator = true;
      }
      if (one.type === 'FunctionDef' || one.type === 'ClassDef') continue;
      if ('body' in one) visit(one.body, depth + 1);
      if ('orelse' in one) visit(one.orelse, depth + 1);
      if ('handlers' in one) for (const handler of one.handlers) visit(handler.body, depth + 1);
      if ('finalbody' in one) visit(one.finalbody, depth + 1);
      if ('cases' in one) for (const branch of one.cases) visit(branch.body, depth + 1);
    }
  };
  visit(node.body, 0);
  const outcome = { globals, nonlocals, generator };
  declarations.set(node, outcome);
  return outcome;
}

function yields(node: Expression): boolean {
  return node.type === 'Yield' || node.type === 'YieldFrom' || (node.type === 'Await' && yields(node.value));
}

export function defineFunction(py: Interpreter, frame: Frame, node: FunctionDef, at: Location): Value {
  const { globals, nonlocals, generator } = declared(node);
  let value: Value = functionValue(
    node.name,
    {
      type: 'defined',
      params: node.params,
      body: node.body,
      frame,
      defaults: defaultsOf(py, frame, node.params),
      generator,
      asynchronous: node.async,
      globals,
      nonlocals,
      owner: undefined,
    },
    originAt(at),
  );
  for (const decorator of [...node.decorators].reverse()) value = decorate(py, frame, decorator, value, at);
  return value;
}

function decorate(py: Interpreter, frame: Frame, decorator: Expression, value: Value, at: Location): Value {
  if (decorator.type === 'Attribute' && (decorator.attr === 'setter' || decorator.attr === 'deleter')) {
    const before = evaluate(py, frame, decorator.value);
    const closure = before.kind === 'function' ? closureOf(before) : undefined;
    if (closure?.type === 'property' && before.kind === 'function')
      return functionValue(
        before.name,
        decorator.attr === 'setter' ? { ...closure, set: value } : closure,
        before.origin,
      );
  }
  const known = evaluate(py, frame, decorator);
  // What a decorator of a library does to a function is not known, but most of them keep what it gives.
  if (known.kind === 'external' || known.kind === 'unknown')
    return keepsFunction(known) ? value : unknownValue('a decorator is not known', derived(at, known));
  return py.call(known, { positional: [value], keywords: new Map(), at });
}

const KEEPING =
  /(?:^|\.)(?:lru_cache|cache|wraps|contextmanager|override|final|deprecated|overload|no_type_check|typechecked|total_ordering|runtime_checkable|unique|abstractmethod|register|receiver)(?:\(\))?$/;

function keepsFunction(decorator: Value): boolean {
  return decorator.kind === 'external' && KEEPING.test(decorator.name);
}

export function defineClass(py: Interpreter, frame: Frame, node: ClassDef, at: Location): Value {
  const bases: Value[] = node.bases
    .map((base) => evaluate(py, frame, base))
    .filter((base) => !(base.kind === 'class' && base.qualifiedName === 'builtins.object'));
  const metaclass = node.keywords.find((keyword) => keyword.name === 'metaclass');
  if (metaclass !== undefined) {
    const type = evaluate(py, frame, metaclass.value);
    if (!(type.kind === 'external' && /(?:^|\.)ABCMeta$/.test(type.name)))
      bases.push(unknownValue('the metaclass may add attributes', derived(at, type)));
  }
  const locals = dictValue([], originAt(at));
  const inner: Frame = {
    kind: 'class',
    locals,
    outer: frame,
    module: frame.module,
    globals: new Set(),
    nonlocals: new Set(),
    control: frame.control,
  };
  py.runBlock(inner, node.body);
  py.frame = frame;
  const attributes = new Map<string, Value>();
  for (const { key, value } of locals.entries.values()) if (key.kind === 'str') attributes.set(key.value, value);
  const type: ClassValue = {
    kind: 'class',
    name: node.name,
    qualifiedName: `${frame.module.name}.${node.name}`,
    bases,
    attributes,
    origin: originAt(at),
  };
  inner.owner = type;
  for (const value of attributes.values()) own(value, type);
  if (bases.some(isEnumeration)) enumerate(type, at);
  if (bases.some((base) => base.kind === 'external' && /^(?:typing|typing_extensions)\.NamedTuple$/.test(base.name)))
    makeRecord(type, true);
  let outcome: Value = type;
  for (const decorator of [...node.decorators].reverse()) outcome = decorate(py, frame, decorator, outcome, at);
  const hook = findInClass({ ...type, attributes: new Map() }, '__init_subclass__').found;
  if (hook !== undefined) py.call(hook, { positional: [type], keywords: new Map(), at });
  return outcome;
}

/** Tells the functions of a class body which class they belong to, for `super()`. */
function own(value: Value, type: ClassValue): void {
  if (value.kind !== 'function') return;
  const closure = closureOf(value);
  if (closure.type === 'defined') closure.owner ??= type;
  else if (closure.type === 'static' || closure.type === 'class') own(closure.function, type);
  else if (closure.type === 'property') {
    own(closure.get, type);
    if (closure.set !== undefined) own(closure.set, type);
  }
}

function isEnumeration(base: Value): boolean {
  if (base.kind === 'external') return /^enum\.(?:Str|Int)?Enum$/.test(base.name);
  return base.kind === 'class' && base.bases.some(isEnumeration);
}

/** The members of an enumeration are objects with a name and a value. */
function enumerate(type: ClassValue, at: Location): void {
  const members: Value[] = [];
  for (const [name, value] of type.attributes) {
    if (name.startsWith('_') || value.kind === 'function') continue;
    const attributes = new Map<string, Value>([
      ['name', strValue(name, value.origin)],
      ['value', value],
    ]);
    const member: Value = { kind: 'instance', class: type, attributes, origin: value.origin };
    type.attributes.set(name, member);
    members.push(member);
  }
  type.attributes.set('#members', listValue(members, originAt(at)));
}
