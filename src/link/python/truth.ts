import { isRest } from './rest.js';
import type { Value } from '../value.js';
import { mayBeAbsent } from './journal.js';

/** Whether a value counts as true; undefined where that is not known. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return Number(value.value) !== 0;
    case 'str':
    case 'bytes':
      return value.value !== '';
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return value.items.some((item) => !isRest(item)) ? true : value.items.length > 0 ? undefined : false;
    case 'dict': {
      if (value.entries.size === 0) return false;
      return [...value.entries.values()].every((one) => mayBeAbsent(one.value)) ? undefined : true;
    }
    case 'path':
    case 'function':
    case 'module':
    case 'class':
      return true;
    case 'instance':
      return value.class.bases.length === 0 &&
        !value.class.attributes.has('__bool__') &&
        !value.class.attributes.has('__len__')
        ? true
        : undefined;
    case 'external':
      return isThing(value.name) && value.call === undefined ? true : undefined;
    case 'unknown': {
      const outcomes = new Set(value.candidates?.map(truth) ?? [undefined]);
      return outcomes.size === 1 ? [...outcomes][0] : undefined;
    }
  }
}

/** A module, class or function of a library, told by its spelling; a constant could be anything. */
export function isThing(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return /[a-z]/.test(last) && !last.includes('(');
}
