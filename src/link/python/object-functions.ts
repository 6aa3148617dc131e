import { methodOf } from './methods.js';
import { findInClass, isSubclass } from './class-order.js';
import { attribute, memberNames, fromClass, hasAttribute, setAttribute } from './attributes.js';
import { doubtOf } from './branches.js';
import { typeOf } from './builtin-types.js';
import { bind, closureOf, functionValue } from './functions.js';
import { fail } from './interpreter.js';
import { merger } from './journal.js';
import { nativeFunction, type Native } from './models.js';
import { order } from './order.js';
import { spread } from './spread.js';
import {
  boolValue,
  derived,
  externalValue,
  listValue,
  noneValue,
  recordValue,
  strValue,
  unknownValue,
} from './values.js';
import type { Value } from '../value.js';

const isInstance: Native = (py, args) => {
  const [value, types] = args.positional;
  const origin = derived(args.at, ...args.positional);
  if (value === undefined || types === undefined) return unknownValue('the types are not known', origin);
  const open = spread(args.at, [value], ([one = value]) => isInstance(py, { ...args, positional: [one, types] }));
  if (open !== undefined) return open;
  const type = typeOf(py, value);
  let outcome: boolean | undefined = false;
  for (const one of types.kind === 'tuple' ? types.items : [types]) {
    const is = type === undefined ? undefined : isSubclass(type, one);
    if (is === true) return boolValue(true, origin);
    if (is === undefined || one.kind === 'unknown') outcome = undefined;
  }
  return outcome === undefined
    ? unknownValue('the type of the value is not known', origin)
    : boolValue(outcome, origin);
};

const getattr: Native = (py, args) => {
  const [value, name, fallback] = args.positional;
  if (value === undefined || name?.kind !== 'str')
    return unknownValue('the attribute is not known', derived(args.at, ...args.positional));
  if (fallback === undefined) return attribute(py, value, name.value, args.at);
  const has = hasAttribute(py, value, name.value);
  if (has === false) return fallback;
  const found = attribute(py, value, name.value, args.at);
  return has === true
    ? found
    : value.kind === 'external'
      ? unknownValue(`whether ${name.value} is set is not known`, derived(args.at, value), [found, fallback])
      : found.kind === 'unknown'
        ? found
        : merger(doubtOf(found, args.at))(found, fallback);
};

const superOf: Native = (py, args) => {
  // The class is the one whose body holds the code, whatever a decorator has wrapped the method in.
  let scope = py.frame;
  let method = scope;
  while (scope !== undefined && scope.owner === undefined) {
    method = scope;
    scope = scope.outer;
  }
  const [given, instance] = args.positional;
  const owner = given?.kind === 'class' ? given : scope?.owner;
  const self = instance ?? (scope?.kind === 'class' ? method : scope)?.self;
  if (owner === undefined || self === undefined)
    return unknownValue('super() is used outside of a class', derived(args.at));
  const own = 'type' in self ? self.type : undefined;
  const type = self.kind === 'instance' ? self.class : self.kind === 'class' ? self : (own ?? owner);
  return {
    kind: 'instance',
    class: {
      kind: 'class',
      name: 'super',
      qualifiedName: 'builtins.super',
      bases: [],
      origin: derived(args.at),
      attributes: new Map<string, Value>([
        [
          '__getattr__',
          nativeFunction('__getattr__', (inner, asked) => {
            const [, name] = asked.positional;
            if (name?.kind !== 'str') return unknownValue('the attribute is not known', derived(asked.at));
            const { found, external } = findInClass(type, name.value, owner);
            if (found?.kind === 'function' && self.kind === 'class' && closureOf(found).type === 'defined')
              return name.value === '__new__' ? found : bind(self, found);
            if (found !== undefined) return fromClass(inner, found, self, type, asked.at);
            if (external?.kind === 'external')
              return externalValue(`${external.name}.${name.value}`, derived(asked.at));
            if (external !== undefined || name.value.startsWith('__'))
              return nativeFunction(name.value, (_, call) =>
                name.value === '__init__' || name.value === '__init_subclass__'
                  ? noneValue()
                  : unknownValue('a base class is not known', derived(call.at)),
              );
            // The builtin type that the class extends.
            const method = own === undefined ? undefined : methodOf(self, name.value);
            if (method !== undefined) return nativeFunction(name.value, (_, call) => method.run(py, self, call));
            return fail(inner, 'AttributeError', `no base class has ${name.value}`, asked.at);
          }),
        ],
      ]),
    },
    attributes: new Map(),
    origin: derived(args.at),
  };
};

/** What asks objects for their classes and attributes. */
export const OBJECT_FUNCTIONS: Readonly<Record<string, Native>> = {
  isinstance: isInstance,
  issubclass: (_, args) => {
    const [type, other] = args.positional;
    const known = type?.kind === 'class' && other !== undefined ? isSubclass(type, other) : undefined;
    const origin = derived(args.at, ...args.positional);
    return known === undefined ? unknownValue('the classes are not known', origin) : boolValue(known, origin);
  },
  getattr,
  setattr: (py, args) => {
    const [value, name, item] = args.positional;
    if (value !== undefined && name?.kind === 'str' && item !== undefined)
      setAttribute(py, value, name.value, item, args.at);
    return noneValue();
  },
  delattr: () => noneValue(),
  hasattr: (py, args) => {
    const [value, name] = args.positional;
    const known = value !== undefined && name?.kind === 'str' ? hasAttribute(py, value, name.value) : undefined;
    const origin = derived(args.at, ...args.positional);
    return known === undefined
      ? unknownValue('whether the attribute is there is not known', origin)
      : boolValue(known, origin);
  },
  callable: (_, args) => {
    const [value] = args.positional;
    const origin = derived(args.at, ...args.positional);
    if (value === undefined || value.kind === 'unknown' || value.kind === 'external')
      return unknownValue('whether the value can be called is not known', origin);
    const has =
      value.kind === 'instance'
        ? findInClass(value.class, '__call__').found !== undefined
        : value.kind === 'function' || value.kind === 'class';
    return boolValue(has, origin);
  },
  id: (_, args) => unknownValue('addresses of objects are not known', derived(args.at)),
  hash: (_, args) => unknownValue('hashes are not known', derived(args.at)),
  locals: (py, args) => py.frame?.locals ?? unknownValue('the names are not known', derived(args.at)),
  globals: (py, args) => py.frame?.module.namespace ?? unknownValue('the names are not known', derived(args.at)),
  vars: (py, args) => {
    const [value] = args.positional;
    if (value === undefined) return py.frame?.locals ?? unknownValue('the names are not known', derived(args.at));
    if (value.kind === 'module')
      return py.modules.get(value.name)?.namespace ?? unknownValue('the names are not known', derived(args.at));
    if (value.kind === 'instance' || value.kind === 'class')
      return recordValue(value.attributes, derived(args.at, value));
    return unknownValue('the attributes are not known', derived(args.at, value));
  },
  dir: (py, args) => {
    const [value] = args.positional;
    const origin = derived(args.at, ...args.positional);
    const namespace =
      value === undefined
        ? py.frame?.locals
        : value.kind === 'module'
          ? py.modules.get(value.name)?.namespace
          : undefined;
    if (namespace !== undefined)
      return listValue(
        [...namespace.entries.values()].map((one) => one.key).sort((a, b) => order(a, b) ?? 0),
        origin,
      );
    const members = value === undefined ? undefined : memberNames(value);
    if (members !== undefined)
      return listValue(
        members.map((name) => strValue(name, origin)),
        origin,
      );
    return unknownValue('the attributes are not known', origin);
  },
  super: superOf,
  property: (_, args) => {
    const get = args.positional[0] ?? args.keywords.get('fget') ?? noneValue();
    const set = args.positional[1] ?? args.keywords.get('fset');
    return functionValue(
      'property',
      { type: 'property', get, ...(set === undefined ? {} : { set }) },
      derived(args.at),
    );
  },
  staticmethod: (_, args) =>
    functionValue('staticmethod', { type: 'static', function: args.positional[0] ?? noneValue() }, derived(args.at)),
  classmethod: (_, args) =>
    functionValue('classmethod', { type: 'class', function: args.positional[0] ?? noneValue() }, derived(args.at)),
};
