import { type Interpreter, charge, fail, LIMITS } from './interpreter.js';
import type { Value, ClassValue, ExternalValue } from '../value.js';
import type { Location } from '../../location.js';
import {
  unknownValue,
  derived,
  strValue,
  recordValue,
  externalValue,
  tupleValue,
  floatValue,
  intValue,
  setAt,
} from './values.js';
import { spread } from './spread.js';
import { methodOf } from './methods.js';
import { nativeFunction } from './models.js';
import { findInClass, resolutionOrder } from './class-order.js';
import { closureOf, bind } from './functions.js';
import { isDuration, secondsOf } from './duration.js';
import { touch } from './journal.js';

export function attribute(py: Interpreter, value: Value, name: string, at: Location): Value {
  charge(py);
  switch (value.kind) {
    case 'instance':
      return instanceAttribute(py, value, name, at);
    case 'class':
      return classAttribute(py, value, name, at);
    case 'module':
      return moduleAttribute(py, value.name, name, at);
    case 'external':
      return externalAttribute(py, value, name, at);
    case 'unknown': {
      if (value.candidates === undefined) return unknownValue(value.reason, derived(at, value));
      return (
        unknownAttribute(value.candidates, name, () =>
          spread(at, [value], ([one = value]) => attribute(py, one, name, at)),
        ) ?? unknownValue(value.reason, derived(at, value))
      );
    }
    case 'function':
      if (name === '__name__' || name === '__qualname__') return strValue(value.name, derived(at, value));
      return unknownValue(`attribute ${name} of a function is not followed`, derived(at, value));
    default: {
      const own = classOf(value);
      if (own !== undefined && name === '__class__') return own;
      const overridden = own === undefined ? undefined : findInClass(own, name).found;
      if (own !== undefined && overridden !== undefined) return fromClass(py, overridden, value, own, at);
      const method = methodOf(value, name);
      if (method === undefined) {
        if (name === '__class__')
          return py.builtins.get(value.kind) ?? unknownValue('the class is not known', derived(at, value));
        return fail(py, 'AttributeError', `${value.kind} has no attribute ${name}`, at, value);
      }
      if (method.property === true) return method.run(py, value, { positional: [], keywords: new Map(), at });
      return nativeFunction(name, (inner, args) => method.run(inner, value, args));
    }
  }
}

/** A method of something that is one of several: calling it calls it on each. */
function unknownAttribute(
  candidates: readonly Value[],
  name: string,
  otherwise: () => Value | undefined,
): Value | undefined {
  const methods = candidates.map((candidate) => methodOf(candidate, name));
  if (methods.some((method) => method === undefined || method.property === true)) return otherwise();
  return nativeFunction(name, (py, args) => {
    const outcomes = candidates.map((candidate, i) => methods[i]?.run(py, candidate, args));
    const first = outcomes[0];
    if (first === undefined) return unknownValue('the value is not known', derived(args.at));
    const origin = derived(args.at, ...candidates);
    const known = outcomes.filter((one) => one !== undefined);
    if (known.every((one) => one.kind === 'none')) return first;
    return unknownValue(
      'the value is not known',
      origin,
      known.some((one) => one.kind === 'unknown') ? undefined : known,
    );
  });
}

function instanceAttribute(py: Interpreter, value: Value & { kind: 'instance' }, name: string, at: Location): Value {
  if (name === '__class__') return value.class;
  if (name === '__dict__') return recordValue(value.attributes, derived(at, value));
  const { found, external } = findInClass(value.class, name);
  if (found?.kind === 'function' && closureOf(found).type === 'property')
    return fromClass(py, found, value, value.class, at);
  const own = value.attributes.get(name);
  if (own !== undefined) return own;
  if (found !== undefined) return fromClass(py, found, value, value.class, at);
  if (external !== undefined) return beyond(external, name, at);
  const dynamic = findInClass(value.class, '__getattr__').found;
  if (dynamic !== undefined)
    return py.call(fromClass(py, dynamic, value, value.class, at), {
      positional: [strValue(name)],
      keywords: new Map(),
      at,
    });
  return fail(py, 'AttributeError', `${value.class.name} has no attribute ${name}`, at, value);
}

/** An attribute that a base class outside the repository may give. */
function beyond(external: Value, name: string, at: Location): Value {
  if (external.kind === 'external') return externalValue(`${external.name}.${name}`, derived(at, external));
  const reason = external.kind === 'unknown' ? external.reason : 'a base class is not known';
  return unknownValue(reason, derived(at, external));
}

/** What a class attribute gives on an instance (or, without one, on the class itself). */
export function fromClass(
  py: Interpreter,
  found: Value,
  self: Value | undefined,
  type: ClassValue,
  at: Location,
): Value {
  if (found.kind !== 'function') return found;
  const closure = closureOf(found);
  switch (closure.type) {
    case 'static':
      return closure.function;
    case 'class':
      return closure.function.kind === 'function' ? bind(type, closure.function) : closure.function;
    case 'property':
      return self === undefined ? found : py.call(closure.get, { positional: [self], keywords: new Map(), at });
    case 'native':
      return closure.static === true || self === undefined ? found : bind(self, found);
    case 'defined':
      return self === undefined ? found : bind(self, found);
    default:
      return found;
  }
}

function classAttribute(py: Interpreter, value: ClassValue, name: string, at: Location): Value {
  const { found, external } = findInClass(value, name);
  if (found !== undefined) return fromClass(py, found, undefined, value, at);
  switch (name) {
    case '__name__':
    case '__qualname__':
      return strValue(value.name, derived(at, value));
    case '__module__':
      return strValue(
        value.qualifiedName.slice(0, Math.max(0, value.qualifiedName.lastIndexOf('.'))),
        derived(at, value),
      );
    case '__dict__':
      return recordValue(value.attributes, derived(at, value));
    case '__mro__':
      return tupleValue([...resolutionOrder(value)], derived(at, value));
    case '__bases__':
      return tupleValue([...value.bases], derived(at, value));
    default:
  }
  if (external !== undefined) return beyond(external, name, at);
  const method = methodOfType(value.qualifiedName, name);
  return method ?? fail(py, 'AttributeError', `${value.name} has no attribute ${name}`, at, value);
}

/** `str.upper`, `dict.fromkeys` ...: methods of builtin types, unbound. */
function methodOfType(qualifiedName: string, name: string): Value | undefined {
  if (!qualifiedName.startsWith('builtins.') && !qualifiedName.startsWith('pathlib.')) return undefined;
  return nativeFunction(name, (py, args) => {
    const [self, ...positional] = args.positional;
    const method = self === undefined ? undefined : methodOf(self, name);
    if (self === undefined || method === undefined)
      return fail(py, 'TypeError', `${name} needs a value of ${qualifiedName}`, args.at);
    return method.run(py, self, { ...args, positional });
  });
}

function moduleAttribute(py: Interpreter, module: string, name: string, at: Location): Value {
  const loaded = py.modules.get(module);
  const found = loaded?.namespace.entries.get(`s${name}`)?.value;
  if (found !== undefined) return found;
  if (name === '__dict__' && loaded !== undefined) return loaded.namespace;
  const submodule = py.modules.get(`${module}.${name}`);
  if (submodule !== undefined) return submodule.value;
  const dynamic = loaded?.namespace.entries.get('s__getattr__')?.value;
  if (dynamic !== undefined) return py.call(dynamic, { positional: [strValue(name)], keywords: new Map(), at });
  return fail(py, 'AttributeError', `module ${module} has no attribute ${name}`, at);
}

/** What a dotted name of a library stands for: its model, or just the name. */
export function libraryName(py: Interpreter, name: string, at: Location): Value {
  if (!py.known.has(name)) py.known.set(name, py.models.names.get(name)?.(py));
  return py.known.get(name) ?? externalValue(name, derived(at));
}

function externalAttribute(py: Interpreter, value: ExternalValue, name: string, at: Location): Value {
  if (isDuration(value)) {
    const seconds = secondsOf(value);
    if (seconds !== undefined) {
      if (name === 'total_seconds')
        return nativeFunction(name, (_, args) => floatValue(seconds, derived(args.at, value)));
      if (name === 'days') return intValue(Math.floor(seconds / 86_400), derived(at, value));
      if (name === 'seconds') return intValue(Math.floor(((seconds % 86_400) + 86_400) % 86_400), derived(at, value));
    }
  }
  if (value.name.length > 300)
    return unknownValue('the chain of attributes is too long to be followed', derived(at, value));
  if (value.call === undefined) return libraryName(py, `${value.name}.${name}`, at);
  const method = libraryName(py, `${value.name}().${name}`, at);
  if (method.kind === 'function') return bind(value, method);
  if (name === 'pattern' && value.name === 're.compile')
    return value.call.args[0] ?? unknownValue('the pattern is not known', derived(at, value));
  return externalValue(`${value.name}().${name}`, derived(at, value));
}

/** The class of the program that a value of a builtin type is an object of. */
function classOf(value: Value): ClassValue | undefined {
  return 'type' in value ? value.type : undefined;
}

export function setAttribute(py: Interpreter, target: Value, name: string, value: Value, at: Location): void {
  charge(py);
  switch (target.kind) {
    case 'instance': {
      const { found } = findInClass(target.class, name);
      const closure = found?.kind === 'function' ? closureOf(found) : undefined;
      if (closure?.type === 'property') {
        if (closure.set !== undefined) py.call(closure.set, { positional: [target, value], keywords: new Map(), at });
        return;
      }
      touch(py, target.attributes);
      if (target.attributes.size < LIMITS.items) target.attributes.set(name, setAt(value, at));
      return;
    }
    case 'class':
      touch(py, target.attributes);
      if (target.attributes.size < LIMITS.items) target.attributes.set(name, setAt(value, at));
      return;
    case 'module': {
      const loaded = py.modules.get(target.name);
      if (loaded === undefined) return;
      touch(py, loaded.namespace);
      const stored = setAt(value, at, py.frame?.control);
      loaded.namespace.entries.set(`s${name}`, { key: strValue(name), value: stored });
      loaded.bindings.set(name, derived(at, { locations: [], variables: py.frame?.control ?? [] }));
      return;
    }
    case 'unknown':
      target.candidates?.forEach((candidate) => {
        setAttribute(py, candidate, name, value, at);
      });
      return;
    default:
  }
}

/** `hasattr`: undefined where it is not known. */
export function hasAttribute(py: Interpreter, value: Value, name: string): boolean | undefined {
  switch (value.kind) {
    case 'instance': {
      if (value.attributes.has(name)) return true;
      const { found, external } = findInClass(value.class, name);
      return found !== undefined
        ? true
        : external !== undefined || findInClass(value.class, '__getattr__').found !== undefined
          ? undefined
          : false;
    }
    case 'class': {
      const { found, external } = findInClass(value, name);
      return found !== undefined ? true : external !== undefined ? undefined : false;
    }
    case 'module': {
      const namespace = py.modules.get(value.name)?.namespace;
      return namespace?.entries.has(`s${name}`) === true || py.modules.has(`${value.name}.${name}`);
    }
    case 'external':
      return py.models.names.has(`${value.name}.${name}`) ? true : undefined;
    case 'unknown':
    case 'function':
      return undefined;
    default:
      return methodOf(value, name) !== undefined || hasInClass(value, name);
  }
}

function hasInClass(value: Value, name: string): boolean {
  const own = classOf(value);
  return own !== undefined && findInClass(own, name).found !== undefined;
}

/** The names of the attributes of a class or object, sorted; undefined where a base class may have more. */
export function memberNames(value: Value): readonly string[] | undefined {
  if (value.kind !== 'class' && value.kind !== 'instance') return undefined;
  const names = new Set(value.kind === 'instance' ? value.attributes.keys() : []);
  for (const base of resolutionOrder(value.kind === 'instance' ? value.class : value)) {
    if (base.kind !== 'class') return undefined;
    for (const name of base.attributes.keys()) names.add(name);
  }
  return [...names].filter((name) => !name.startsWith('#')).sort();
}
