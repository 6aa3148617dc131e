import { toText } from './format.js';
import { fail, mayFail, type Interpreter } from './interpreter.js';
import { iterate, iterateOpen } from './iterate.js';
import { nativeFunction, type Native } from './models.js';
import { spread } from './spread.js';
import { truth } from './truth.js';
import { setItem } from './subscript.js';
import {
  boolValue,
  bytesValue,
  derived,
  dictValue,
  floatValue,
  intValue,
  listValue,
  setValue,
  strValue,
  tupleValue,
  unknownValue,
} from './values.js';
import { NOWHERE, type ClassValue, type Value } from '../value.js';

/** A constructor of one argument, tried on each value that the argument can have. */
function converting(
  convert: (py: Interpreter, value: Value, args: Parameters<Native>[1]) => Value,
  empty: () => Value,
  /** What it raises where the argument does not fit. */
  fails?: string,
): Native {
  const run: Native = (py, args) => {
    const value = args.positional[0] ?? args.rest;
    if (value === undefined) return empty();
    const open = spread(args.at, [value], ([one = value]) =>
      run(py, { at: args.at, keywords: args.keywords, positional: [one, ...args.positional.slice(1)] }),
    );
    if (fails !== undefined && open !== undefined && open.candidates === undefined)
      mayFail(py, fails, open.reason, args.at, value);
    return open ?? convert(py, value, args);
  };
  return run;
}

function collecting(make: (items: readonly Value[], args: Parameters<Native>[1], source?: Value) => Value): Native {
  return converting(
    (py, value, args) => {
      const items = iterateOpen(py, value, args.at);
      return items === undefined
        ? unknownValue('the items are not known', derived(args.at, value))
        : make(items, args, value);
    },
    () =>
      make([], {
        positional: [],
        keywords: new Map(),
        at: { uri: '', region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } },
      }),
  );
}

const toInt = converting(
  (py, value, args) => {
    const origin = derived(args.at, value);
    switch (value.kind) {
      case 'int':
        return { ...value, origin };
      case 'bool':
        return intValue(Number(value.value), origin);
      case 'float':
        return Number.isFinite(value.value)
          ? intValue(BigInt(Math.trunc(value.value)), origin)
          : fail(py, 'OverflowError', 'the number is not finite', args.at, value);
      case 'str': {
        const base = args.positional[1] ?? args.keywords.get('base');
        const digits = value.value.trim().replace(/(?<=\d)_(?=\d)/g, '');
        if (base?.kind === 'int' && base.value !== 10) {
          const bare = digits.replace(/^0[xXoObB]/, '');
          const outcome = parseInt(bare, Number(base.value));
          return Number.isNaN(outcome)
            ? fail(py, 'ValueError', 'the text is no number', args.at, value)
            : intValue(outcome, origin);
        }
        return /^[+-]?\d{1,400}$/.test(digits)
          ? intValue(BigInt(digits.replace(/^\+/, '')), origin)
          : fail(py, 'ValueError', `int() was given ${value.value.slice(0, 60)}`, args.at, value);
      }
      case 'external':
      case 'instance':
        return unknownValue('the number is not known', origin);
      default:
        return fail(py, 'TypeError', `int() was given ${value.kind}`, args.at, value);
    }
  },
  () => intValue(0),
  'ValueError',
);

const toFloat = converting(
  (py, value, args) => {
    const origin = derived(args.at, value);
    if (value.kind === 'int' || value.kind === 'float' || value.kind === 'bool')
      return floatValue(Number(value.value), origin);
    if (value.kind !== 'str')
      return value.kind === 'external' || value.kind === 'instance'
        ? unknownValue('the number is not known', origin)
        : fail(py, 'TypeError', `float() was given ${value.kind}`, args.at, value);
    const text = value.value
      .trim()
      .replace(/(?<=\d)_(?=\d)/g, '')
      .toLowerCase();
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(text)) return floatValue(Number(text), origin);
    const special = /^([+-]?)(inf|infinity|nan)$/.exec(text);
    if (special === null)
      return fail(py, 'ValueError', `float() was given ${value.value.slice(0, 60)}`, args.at, value);
    return floatValue(special[2] === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity, origin);
  },
  () => floatValue(0),
  'ValueError',
);

const toStr = converting(
  (py, value, args) => {
    const origin = derived(args.at, value);
    if (
      value.kind === 'instance' &&
      (value.class.attributes.has('__str__') || value.class.attributes.has('__repr__'))
    ) {
      const name = value.class.attributes.has('__str__') ? '__str__' : '__repr__';
      return py.call(py.attribute(value, name, args.at), { positional: [], keywords: new Map(), at: args.at });
    }
    const text = toText(value);
    return text === undefined ? unknownValue('the text of the value is not known', origin) : strValue(text, origin);
  },
  () => strValue(''),
);

const toBool = converting(
  (_, value, args) => {
    const known = truth(value);
    return known === undefined
      ? unknownValue('whether the value is true is not known', derived(args.at, value))
      : boolValue(known, derived(args.at, value));
  },
  () => boolValue(false),
);

const toDict: Native = (py, args) => {
  const [source] = args.positional;
  const origin = derived(args.at, ...args.positional);
  const made = dictValue([], { locations: [args.at], variables: origin.variables });
  if (source?.kind === 'dict') for (const [key, one] of source.entries) made.entries.set(key, one);
  else if (source !== undefined) {
    const pairs = iterate(py, source, args.at);
    if (pairs === undefined)
      return unknownValue(source.kind === 'unknown' ? source.reason : 'the entries are not known', origin);
    for (const pair of pairs) {
      const parts = iterate(py, pair, args.at);
      if (parts?.[0] === undefined || parts[1] === undefined) return unknownValue('the entries are not known', origin);
      setItem(py, made, parts[0], parts[1], args.at);
    }
  }
  for (const [name, value] of args.keywords) made.entries.set(`s${name}`, { key: strValue(name), value });
  return args.rest === undefined ? made : unknownValue(args.rest.reason, origin);
};

const toBytes = converting(
  (_, value, args) => {
    const origin = derived(args.at, value);
    if (value.kind === 'bytes') return value;
    return value.kind === 'str'
      ? bytesValue(Buffer.from(value.value, 'utf8').toString('latin1'), origin)
      : unknownValue('the bytes are not known', origin);
  },
  () => bytesValue(''),
);

const toType: Native = (py, args) => {
  const [value, bases, attributes] = args.positional;
  if (args.positional.length === 3 && value?.kind === 'str' && bases?.kind === 'tuple' && attributes?.kind === 'dict') {
    const own = new Map<string, Value>();
    for (const { key, value: one } of attributes.entries.values()) if (key.kind === 'str') own.set(key.value, one);
    return {
      kind: 'class',
      name: value.value,
      qualifiedName: value.value,
      bases: bases.items,
      attributes: own,
      origin: derived(args.at),
    };
  }
  const type = value === undefined ? undefined : typeOf(py, value);
  return type ?? unknownValue('the type of the value is not known', derived(args.at, ...args.positional));
};

const CONSTRUCTORS: Readonly<Record<string, Native>> = {
  int: toInt,
  float: toFloat,
  str: toStr,
  bool: toBool,
  bytes: toBytes,
  bytearray: toBytes,
  list: collecting((items, args, source) =>
    listValue([...items], source === undefined ? derived(args.at) : derived(args.at, source)),
  ),
  tuple: collecting((items, args, source) =>
    tupleValue([...items], source === undefined ? derived(args.at) : derived(args.at, source)),
  ),
  set: collecting((items, args, source) =>
    setValue(items, source === undefined ? derived(args.at) : derived(args.at, source)),
  ),
  frozenset: collecting((items, args, source) =>
    setValue(items, source === undefined ? derived(args.at) : derived(args.at, source), 'frozenset'),
  ),
  dict: toDict,
  type: toType,
  object: (_, args) => ({ kind: 'instance', class: OBJECT, attributes: new Map(), origin: derived(args.at) }),
};

function builtinType(name: string, bases: readonly Value[], attributes: [string, Value][] = []): ClassValue {
  return {
    kind: 'class',
    name,
    qualifiedName: `builtins.${name}`,
    bases,
    attributes: new Map(attributes),
    origin: NOWHERE,
  };
}

const OBJECT: ClassValue = builtinType('object', []);

export const BUILTIN_TYPES: ReadonlyMap<string, ClassValue> = new Map(
  Object.entries(CONSTRUCTORS).map(([name, run]) => [
    name,
    name === 'object' ? OBJECT : builtinType(name, [], [['#new', nativeFunction(name, run)]]),
  ]),
);
OBJECT.attributes.set('#new', nativeFunction('object', CONSTRUCTORS.object ?? toType));
const INT = BUILTIN_TYPES.get('int');
const BOOL = BUILTIN_TYPES.get('bool');
if (INT !== undefined && BOOL !== undefined) Object.assign(BOOL, { bases: [INT] });
const NONE_TYPE = builtinType('NoneType', []);
const FUNCTION_TYPE = builtinType('function', []);
const PATH_TYPES = ['pathlib.PurePath', 'pathlib.Path'];

/** The class of a value; undefined where it is not known. */
export function typeOf(py: Interpreter, value: Value): ClassValue | undefined {
  switch (value.kind) {
    case 'none':
      return NONE_TYPE;
    case 'function':
      return FUNCTION_TYPE;
    case 'instance':
      return value.class;
    case 'path': {
      const known = py.models.names.get(PATH_TYPES[1] ?? '')?.(py);
      return known?.kind === 'class' ? known : undefined;
    }
    case 'class':
      return BUILTIN_TYPES.get('type');
    case 'external':
    case 'unknown':
    case 'module':
      return undefined;
    default:
      return ('type' in value ? value.type : undefined) ?? BUILTIN_TYPES.get(value.kind);
  }
}
