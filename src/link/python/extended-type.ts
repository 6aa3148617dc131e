import { resolutionOrder } from './class-order.js';
import type { Arguments } from './interpreter.js';
import { derived, unknownValue } from './values.js';
import type { ClassValue, Value } from '../value.js';

/** Special names that change nothing of what an object does in expressions. */
const HARMLESS = new Set(['__doc__', '__module__', '__qualname__', '__slots__', '__annotations__', '__hash__']);

/**
 * An object of a class that extends a builtin type: the value that the builtin type would have made, with the methods
 * of the class. Where the class makes its objects in its own way, or has operators of its own, they are not followed.
 */
export function objectOfExtended(type: ClassValue, value: Value, args: Arguments): Value {
  const open = derived(args.at, ...args.positional);
  if (!isPlain(type))
    return unknownValue(`objects of ${type.name}, which extends a builtin type, are not followed`, open);
  switch (value.kind) {
    case 'str':
    case 'int':
    case 'float':
      return { ...value, type };
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
    case 'dict':
      return Object.assign(value, { type });
    case 'unknown':
      return unknownValue(value.reason, value.origin);
    default:
      return unknownValue(`objects of ${type.name} are not followed`, open);
  }
}

function isPlain(type: ClassValue): boolean {
  return resolutionOrder(type).every(
    (base) =>
      base.kind === 'class' &&
      (base.qualifiedName.startsWith('builtins.') ||
        [...base.attributes.keys()].every((name) => !/^__\w+__$/.test(name) || HARMLESS.has(name))),
  );
}
