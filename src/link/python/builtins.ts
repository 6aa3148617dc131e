import type { Location } from '../../location.js';
import {
  attribute,
  memberNames,
  fromClass,
  findInClass,
  hasAttribute,
  isSubclass,
  setAttribute,
} from './attributes.js';
import { doubtOf } from './branches.js';
import { BUILTIN_TYPES, typeOf } from './builtin-types.js';
import { exceptionClasses } from './exceptions.js';
import { toRepr } from './format.js';
import { bind, closureOf, functionValue } from './functions.js';
import { LIMITS, LimitReached, charge, fail, noteGap, type Arguments, type Interpreter } from './interpreter.js';
import { iterate } from './iterate.js';
import { instanceOfIterator } from './iterator.js';
import { merger, touch } from './journal.js';
import { nativeFunction, type Native } from './models.js';
import { binary, order, spread, truth } from './operators.js';
import { openFile } from './open.js';
import { formatValue } from './format.js';
import { sorted } from './sort.js';
import {
  boolValue,
  derived,
  dictValue,
  externalValue,
  floatValue,
  intValue,
  listValue,
  noneValue,
  recordValue,
  strValue,
  tupleValue,
  unknownValue,
} from './values.js';
import { fileOf } from './file-object.js';
import type { Value } from '../value.js';

const NONE = new Map<string, Value>();

/** With one argument whose items are needed. */
function overItems(
  compute: (py: Interpreter, items: readonly Value[], args: Arguments, source: Value) => Value,
): Native {
  const run: Native = (py, args) => {
    const [source] = args.positional;
    if (source === undefined) return args.rest ?? fail(py, 'TypeError', 'an argument is missing', args.at);
    const open = spread(args.at, [source], ([one = source]) =>
      run(py, { ...args, positional: [one, ...args.positional.slice(1)] }),
    );
    if (open !== undefined) return open;
    const items = iterate(py, source, args.at);
    return items === undefined
      ? unknownValue('the items are not known', derived(args.at, source))
      : compute(py, items, args, source);
  };
  return run;
}

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

function extreme(sign: 1 | -1): Native {
  return (py, args) => {
    const [first] = args.positional;
    const items = args.positional.length === 1 && first !== undefined ? iterate(py, first, args.at) : args.positional;
    const origin = derived(args.at, ...args.positional);
    if (items === undefined || args.rest !== undefined)
      return unknownValue('the values to compare are not known', origin);
    const key = args.keywords.get('key');
    let best: { value: Value; by: Value } | undefined;
    for (const value of items) {
      const by = key === undefined ? value : py.call(key, { positional: [value], keywords: NONE, at: args.at });
      const compared = best === undefined ? sign : order(by, best.by);
      if (compared === undefined)
        return unknownValue(
          by.kind === 'unknown' ? by.reason : 'the order of the values is not known',
          derived(args.at, ...items),
        );
      if (best === undefined || compared * sign > 0) best = { value, by };
    }
    return (
      best?.value ?? args.keywords.get('default') ?? fail(py, 'ValueError', 'there is no value to choose from', args.at)
    );
  };
}

function decided(wanted: boolean): Native {
  return overItems((_, items, args, source) => {
    let outcome: boolean | undefined = !wanted;
    for (const item of items) {
      const known = truth(item);
      if (known === wanted) return boolValue(wanted, derived(args.at, source, item));
      if (known === undefined) outcome = undefined;
    }
    const origin = derived(args.at, source, ...items.slice(0, 20));
    return outcome === undefined
      ? unknownValue('whether the items are true is not known', origin)
      : boolValue(outcome, origin);
  });
}

const range: Native = (py, args) => {
  const numbers = args.positional.map((one) => (one.kind === 'int' ? Number(one.value) : undefined));
  const origin = derived(args.at, ...args.positional);
  if (numbers.includes(undefined) || args.rest !== undefined) return unknownValue('the range is not known', origin);
  const [a = 0, b, step = 1] = numbers as number[];
  const [from, to] = b === undefined ? [0, a] : [a, b];
  if (step === 0 || Math.abs((to - from) / step) > LIMITS.items) return unknownValue('the range is too large', origin);
  const items: Value[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) items.push(intValue(i, origin));
  charge(py, items.length);
  return tupleValue(items, origin);
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
  let scope = py.frame;
  while (scope !== undefined && scope.owner === undefined) scope = scope.outer;
  const [given, instance] = args.positional;
  const owner = given?.kind === 'class' ? given : scope?.owner;
  const self = instance ?? scope?.self;
  if (owner === undefined || self === undefined)
    return unknownValue('super() is used outside of a class', derived(args.at));
  const type = self.kind === 'instance' ? self.class : self.kind === 'class' ? self : owner;
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
            return fail(inner, 'AttributeError', `no base class has ${name.value}`, asked.at);
          }),
        ],
      ]),
    },
    attributes: new Map(),
    origin: derived(args.at),
  };
};

const FUNCTIONS: Readonly<Record<string, Native>> = {
  print: () => noneValue(),
  len: (py, args) => {
    const [value] = args.positional;
    if (value === undefined) return unknownValue('the length is not known', derived(args.at));
    const origin = derived(args.at, value);
    if (value.kind === 'str') return intValue(Array.from(value.value).length, origin);
    if (value.kind === 'bytes') return intValue(value.value.length, origin);
    const open = spread(args.at, [value], ([one = value]) =>
      py.call(py.builtins.get('len') ?? value, { ...args, positional: [one] }),
    );
    if (open !== undefined) return open;
    if (value.kind === 'instance' && findInClass(value.class, '__len__').found !== undefined)
      return py.call(attribute(py, value, '__len__', args.at), { positional: [], keywords: NONE, at: args.at });
    const items = value.kind === 'instance' ? undefined : iterate(py, value, args.at);
    return items === undefined ? unknownValue('the length is not known', origin) : intValue(items.length, origin);
  },
  sorted: overItems((py, items, args, source) => {
    const outcome = sorted(py, items, args);
    return outcome === undefined
      ? unknownValue('the order is not known', derived(args.at, source))
      : listValue(outcome, derived(args.at, source));
  }),
  reversed: overItems((_, items, args, source) => instanceOfIterator([...items].reverse(), derived(args.at, source))),
  min: extreme(-1),
  max: extreme(1),
  sum: overItems((py, items, args) => {
    let total: Value = args.positional[1] ?? args.keywords.get('start') ?? intValue(0);
    for (const item of items) total = binary(py, '+', total, item, args.at);
    return total;
  }),
  any: decided(true),
  all: decided(false),
  zip: (py, args) => {
    const lists = args.positional.map((one) => iterate(py, one, args.at));
    const origin = derived(args.at, ...args.positional);
    const known = lists.filter((one) => one !== undefined);
    if (known.length !== lists.length) return unknownValue('the items are not known', origin);
    const size = Math.min(...known.map((one) => one.length));
    charge(py, size);
    return instanceOfIterator(
      Array.from({ length: Number.isFinite(size) ? size : 0 }, (_, i) =>
        tupleValue(
          known.flatMap((list) => list[i] ?? []),
          origin,
        ),
      ),
      origin,
    );
  },
  enumerate: overItems((_, items, args, source) => {
    const start = args.positional[1] ?? args.keywords.get('start');
    const from = start?.kind === 'int' ? Number(start.value) : 0;
    return instanceOfIterator(
      items.map((item, i) => tupleValue([intValue(from + i), item], derived(args.at, item))),
      derived(args.at, source),
    );
  }),
  range,
  map: (py, args) => {
    const [callee, ...sources] = args.positional;
    const lists = sources.map((one) => iterate(py, one, args.at));
    const known = lists.filter((one) => one !== undefined);
    const origin = derived(args.at, ...sources);
    if (callee === undefined || known.length !== lists.length || known.length === 0)
      return unknownValue(sources.find((one) => one.kind === 'unknown')?.reason ?? 'the items are not known', origin);
    const size = Math.min(...known.map((one) => one.length));
    return instanceOfIterator(
      Array.from({ length: size }, (_, i) =>
        py.call(callee, { positional: known.flatMap((list) => list[i] ?? []), keywords: NONE, at: args.at }),
      ),
      origin,
    );
  },
  filter: (py, args) => {
    const [callee, source] = args.positional;
    const items = source === undefined ? undefined : iterate(py, source, args.at);
    if (callee === undefined || items === undefined)
      return unknownValue(
        source?.kind === 'unknown' ? source.reason : 'the items are not known',
        derived(args.at, ...args.positional),
      );
    const kept: Value[] = [];
    for (const item of items) {
      const test = truth(
        callee.kind === 'none' ? item : py.call(callee, { positional: [item], keywords: NONE, at: args.at }),
      );
      if (test === undefined)
        return unknownValue('which items are kept is not known', derived(args.at, ...args.positional));
      if (test) kept.push(item);
    }
    return instanceOfIterator(kept, derived(args.at, ...args.positional));
  },
  iter: overItems((_, items, args, source) => instanceOfIterator(items, derived(args.at, source))),
  next: (py, args) => {
    const [iterator, fallback] = args.positional;
    const left = iterator?.kind === 'instance' ? iterator.attributes.get('#items') : undefined;
    if (left?.kind !== 'list')
      return unknownValue(
        iterator?.kind === 'unknown' ? iterator.reason : 'the next item is not known',
        derived(args.at, ...args.positional),
      );
    const [first] = left.items;
    if (first === undefined) return fallback ?? fail(py, 'StopIteration', 'there is no next item', args.at);
    touch(py, left);
    left.items = left.items.slice(1);
    return first;
  },
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
  repr: (_, args) => {
    const [value] = args.positional;
    const text = value === undefined ? undefined : toRepr(value);
    return text === undefined
      ? unknownValue(
          value?.kind === 'unknown' ? value.reason : 'the text of the value is not known',
          derived(args.at, ...args.positional),
        )
      : strValue(text, derived(args.at, ...args.positional));
  },
  format: (_, args) => {
    const [value, spec] = args.positional;
    const text = value === undefined ? undefined : formatValue(value, spec?.kind === 'str' ? spec.value : '');
    return text === undefined
      ? unknownValue('the text of the value is not known', derived(args.at, ...args.positional))
      : strValue(text, derived(args.at, ...args.positional));
  },
  abs: number((value) => Math.abs(value)),
  round: (_, args) => {
    const [value, digits] = args.positional;
    const origin = derived(args.at, ...args.positional);
    if (value?.kind === 'int') return value;
    if (value?.kind !== 'float')
      return unknownValue(value?.kind === 'unknown' ? value.reason : 'the number is not known', origin);
    if (digits?.kind === 'int')
      return floatValue(Number(value.value.toFixed(Math.min(20, Math.max(0, Number(digits.value))))), origin);
    const down = Math.floor(value.value);
    const rest = value.value - down;
    return intValue(rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down, origin);
  },
  pow: (py, args) => {
    const [a, b] = args.positional;
    return a === undefined || b === undefined || args.positional.length > 2
      ? unknownValue('the power is not known', derived(args.at))
      : binary(py, '**', a, b, args.at);
  },
  divmod: (py, args) => {
    const [a, b] = args.positional;
    if (a === undefined || b === undefined) return unknownValue('the numbers are not known', derived(args.at));
    return tupleValue([binary(py, '//', a, b, args.at), binary(py, '%', a, b, args.at)], derived(args.at, a, b));
  },
  ord: (_, args) => {
    const [value] = args.positional;
    return value?.kind === 'str' && value.value !== ''
      ? intValue(value.value.codePointAt(0) ?? 0, derived(args.at, value))
      : unknownValue('the character is not known', derived(args.at));
  },
  chr: (_, args) => {
    const [value] = args.positional;
    return value?.kind === 'int' && Number(value.value) >= 0 && Number(value.value) < 0x110000
      ? strValue(String.fromCodePoint(Number(value.value)), derived(args.at, value))
      : unknownValue('the character is not known', derived(args.at));
  },
  hex: number((value) => `${value < 0 ? '-' : ''}0x${Math.abs(value).toString(16)}`),
  oct: number((value) => `${value < 0 ? '-' : ''}0o${Math.abs(value).toString(8)}`),
  bin: number((value) => `${value < 0 ? '-' : ''}0b${Math.abs(value).toString(2)}`),
  id: (_, args) => unknownValue('addresses of objects are not known', derived(args.at)),
  hash: (_, args) => unknownValue('hashes are not known', derived(args.at)),
  input: (_, args) => unknownValue('what is typed in is not known', derived(args.at)),
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
  open: (py, args) => {
    const [path, mode] = args.positional;
    const origin = derived(args.at, ...args.positional);
    const way = mode ?? args.keywords.get('mode');
    if (path?.kind !== 'str' && path?.kind !== 'path')
      return unknownValue(path?.kind === 'unknown' ? path.reason : 'the path is not known', origin);
    if (way?.kind === 'str' && /[wax+]/.test(way.value))
      return externalValue('open', origin, { args: args.positional, keywords: args.keywords });
    const text = openFile(py, path.value, args.at, origin);
    return typeof text === 'string' ? fileOf(text, way?.kind === 'str' && way.value.includes('b'), origin) : text;
  },
  exec: (py, args) => execute(py, args),
  execfile: (py, args) => execute(py, args),
  compile: (_, args) => args.positional[0] ?? unknownValue('the code is not known', derived(args.at)),
  eval: (_, args) => unknownValue('code in a text is not evaluated', derived(args.at)),
  __import__: (py, args) => {
    const [name] = args.positional;
    if (name?.kind !== 'str') return unknownValue('the module is not known', derived(args.at));
    const value = py.importModule(name.value, args.at);
    const list = args.positional[3] ?? args.keywords.get('fromlist');
    const [top = ''] = name.value.split('.');
    return list === undefined || truth(list) === false ? (py.modules.get(top)?.value ?? value) : value;
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
  exit: (py, args) => fail(py, 'SystemExit', 'the program ends here', args.at),
};

function number(compute: (value: number) => number | string): Native {
  return (_, args) => {
    const [value] = args.positional;
    const origin = derived(args.at, ...args.positional);
    if (value?.kind !== 'int' && value?.kind !== 'float')
      return unknownValue(value?.kind === 'unknown' ? value.reason : 'the number is not known', origin);
    const outcome = compute(Number(value.value));
    return typeof outcome === 'string'
      ? strValue(outcome, origin)
      : value.kind === 'int'
        ? intValue(outcome, origin)
        : floatValue(outcome, origin);
  };
}

/** `exec(open(path).read())`, the way in which settings are split without imports. */
function execute(py: Interpreter, args: Arguments): Value {
  const [code] = args.positional;
  const { frame } = py;
  const path = code?.kind === 'str' ? py.sources.get(code.value) : undefined;
  if (path === undefined || frame === undefined) {
    noteGap(py, 'code that is made while the program runs is not followed', args.at);
    return noneValue();
  }
  const given = args.positional[1];
  const namespace = given?.kind === 'dict' ? given : frame.locals;
  const own =
    namespace === frame.locals
      ? frame
      : namespace === frame.module.namespace
        ? { ...frame, locals: namespace, kind: 'module' as const }
        : undefined;
  const target = own ?? {
    ...frame,
    kind: 'module' as const,
    locals: namespace,
    outer: undefined,
    module: { ...frame.module, namespace, bindings: new Map() },
  };
  if (py.importDepth > LIMITS.imports) throw new LimitReached('files that include each other do not end');
  py.runFile(path, target, args.at);
  return noneValue();
}

/** Everything that Python knows without an import. */
export function createBuiltins(place: Location): ReadonlyMap<string, Value> {
  const all = new Map<string, Value>();
  for (const [name, run] of Object.entries(FUNCTIONS)) all.set(name, nativeFunction(name, run));
  for (const [name, type] of BUILTIN_TYPES) all.set(name, type);
  for (const [name, type] of exceptionClasses()) all.set(name, type);
  all.set('NotImplemented', externalValue('builtins.NotImplemented'));
  all.set('Ellipsis', externalValue('builtins.Ellipsis'));
  all.set('__debug__', boolValue(true, derived(place)));
  all.set('__builtins__', dictValue([]));
  return all;
}
