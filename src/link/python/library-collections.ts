import type { Interpreter } from './interpreter.js';
import { iterate, iterateOpen } from './iterate.js';
import { instanceOfIterator } from './iterator.js';
import { functionsOf } from './library.js';
import { dataclass } from './records.js';
import { nativeClass, nativeFunction, type Native, type PythonModels } from './models.js';
import { derived, listValue, noneValue, tupleValue, unknownValue } from './values.js';
import type { ClassValue, Value } from '../value.js';

/** A builtin class under another name: calling it makes the builtin. */
const alias =
  (name: string) =>
  (py: Interpreter): Value =>
    py.builtins.get(name) ?? noneValue();

const defaultdict: Native = (py, args) => {
  const [factory, ...rest] = args.positional;
  const dict = py.builtins.get('dict');
  const made = dict === undefined ? noneValue() : py.call(dict, { ...args, positional: rest });
  if (made.kind === 'dict' && factory !== undefined && factory.kind !== 'none')
    Object.assign(made, { missing: factory });
  return made;
};

/** `namedtuple('Point', 'x y')`: a class whose objects have those attributes. */
const namedtuple: Native = (_, args) => {
  const [name, fields] = args.positional;
  const names =
    fields?.kind === 'str'
      ? fields.value.split(/[\s,]+/).filter(Boolean)
      : fields !== undefined && 'items' in fields
        ? fields.items.flatMap((one) => (one.kind === 'str' ? one.value : []))
        : undefined;
  if (name?.kind !== 'str' || names === undefined) return unknownValue('the class is not known', derived(args.at));
  const type: ClassValue = nativeClass(name.value, {
    __init__: (__, given) => {
      const [self, ...values] = given.positional;
      if (self?.kind !== 'instance') return noneValue();
      for (const [i, field] of names.entries()) {
        const value = values[i] ?? given.keywords.get(field) ?? noneValue();
        self.attributes.set(field, value);
      }
      self.attributes.set('#fields', listValue(names.map((field) => self.attributes.get(field) ?? noneValue())));
      return noneValue();
    },
    __iter__: (__, given) => {
      const [self] = given.positional;
      const held = self?.kind === 'instance' ? self.attributes.get('#fields') : undefined;
      return held !== undefined && 'items' in held
        ? instanceOfIterator(held.items, held.origin)
        : unknownValue('the items are not known');
    },
    __getitem__: (py, given) => {
      const [self, key] = given.positional;
      const held = self?.kind === 'instance' ? self.attributes.get('#fields') : undefined;
      return held !== undefined && key?.kind === 'int' && 'items' in held
        ? (held.items.at(Number(key.value)) ?? noneValue())
        : unknownValue('the item is not known', derived(given.at));
    },
  });
  return type;
};

const chain: Native = (py, args) => {
  const lists = args.positional.map((one) => iterateOpen(py, one, args.at));
  const known = lists.filter((one) => one !== undefined);
  return known.length === lists.length
    ? instanceOfIterator(known.flat(), derived(args.at, ...args.positional))
    : unknownValue('the items are not known', derived(args.at, ...args.positional));
};

const product: Native = (py, args) => {
  const lists = args.positional.map((one) => iterate(py, one, args.at));
  let rows: Value[][] = [[]];
  for (const list of lists) {
    if (list === undefined || rows.length * list.length > 5_000)
      return unknownValue('the items are not known', derived(args.at));
    rows = rows.flatMap((row) => list.map((one) => [...row, one]));
  }
  return instanceOfIterator(
    rows.map((row) => tupleValue(row)),
    derived(args.at),
  );
};

export const COLLECTIONS: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['collections.OrderedDict', alias('dict')],
    ['typing.OrderedDict', alias('dict')],
    ['collections.deque', alias('list')],
    ['typing.Dict', alias('dict')],
    ['typing.List', alias('list')],
    ...functionsOf('dataclasses', { dataclass }),
    ...functionsOf('collections', { defaultdict, namedtuple }),
    ...functionsOf('itertools', { chain, product }),
    [
      'itertools.chain.from_iterable',
      () =>
        nativeFunction('from_iterable', (py, args) => {
          const [outer] = args.positional;
          const items = outer === undefined ? undefined : iterate(py, outer, args.at);
          return items === undefined
            ? unknownValue('the items are not known', derived(args.at))
            : chain(py, { ...args, positional: items });
        }),
    ],
  ]),
};
