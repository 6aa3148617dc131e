import { resolutionOrder } from './class-order.js';
import { instanceOfIterator } from './iterator.js';
import { nativeFunction, type Native } from './models.js';
import { derived, listValue, noneValue, unknownValue } from './values.js';
import type { ClassValue, Value } from '../value.js';

/** The annotated names of a class body and its bases, in the order in which a record takes them. */
function fieldsOf(type: ClassValue): string[] {
  const names = new Set<string>();
  for (const base of [...resolutionOrder(type)].reverse()) {
    const annotations = base.kind === 'class' ? base.attributes.get('__annotations__') : undefined;
    if (annotations?.kind !== 'dict') continue;
    for (const { key } of annotations.entries.values()) if (key.kind === 'str') names.add(key.value);
  }
  return [...names];
}

function defaultOf(type: ClassValue, name: string): Value | undefined {
  for (const base of resolutionOrder(type)) {
    const found = base.kind === 'class' ? base.attributes.get(name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Gives a class whose body lists annotated fields the constructor that `dataclass` or `NamedTuple` would write. */
export function makeRecord(type: ClassValue, tuple: boolean): void {
  const init: Native = (py, args) => {
    const [self, ...values] = args.positional;
    if (self?.kind !== 'instance') return noneValue();
    const names = fieldsOf(type);
    for (const [i, name] of names.entries()) {
      let value = values[i] ?? args.keywords.get(name) ?? args.rest ?? defaultOf(type, name);
      if (value?.kind === 'external' && value.name === 'dataclasses.field') {
        const factory = value.call?.keywords.get('default_factory');
        value =
          factory === undefined
            ? value.call?.keywords.get('default')
            : py.call(factory, { positional: [], keywords: new Map(), at: args.at });
      }
      self.attributes.set(name, value ?? unknownValue(`field ${name} is not given`, derived(args.at)));
    }
    if (tuple)
      self.attributes.set(
        '#fields',
        listValue(
          names.map((name) => self.attributes.get(name) ?? noneValue()),
          derived(args.at),
        ),
      );
    const after = defaultOf(type, '__post_init__');
    if (after !== undefined) py.call(after, { positional: [self], keywords: new Map(), at: args.at });
    return noneValue();
  };
  if (!type.attributes.has('__init__')) type.attributes.set('__init__', nativeFunction('__init__', init));
  if (!tuple) return;
  type.attributes.set(
    '__iter__',
    nativeFunction('__iter__', (_, args) => {
      const [self] = args.positional;
      const held = self?.kind === 'instance' ? self.attributes.get('#fields') : undefined;
      return held !== undefined && 'items' in held
        ? instanceOfIterator(held.items, held.origin)
        : unknownValue('the items are not known');
    }),
  );
}

/** `@dataclass` and `@dataclass(...)`. */
export const dataclass: Native = (_, args) => {
  const [type] = args.positional;
  if (type?.kind === 'class') {
    makeRecord(type, false);
    return type;
  }
  return nativeFunction('dataclass', (__, inner) => {
    const [own] = inner.positional;
    if (own?.kind === 'class') makeRecord(own, false);
    return own ?? noneValue();
  });
};
