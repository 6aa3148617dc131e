import { nativeClass } from './models.js';
import { listValue, markBirth } from './values.js';
import type { InstanceValue, Origin, Value } from '../value.js';

/** Generators, `zip`, `map` and their like: computed at once, given out one by one. */
export const ITERATOR = nativeClass('builtins.iterator', {});

export function instanceOfIterator(items: readonly Value[], origin: Origin): InstanceValue {
  const attributes = markBirth(new Map<string, Value>([['#items', listValue([...items], origin)]]));
  return markBirth({ kind: 'instance', class: ITERATOR, attributes, origin });
}
