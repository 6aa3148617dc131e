import type { Location } from '../../location.js';
import { charge, type Interpreter } from './interpreter.js';
import { derived, markBirth, sequenceValue } from './values.js';
import type { Value } from '../value.js';

/** `copy.copy` and `copy.deepcopy`. */
export function copyOf(py: Interpreter, value: Value, deep: boolean, at: Location): Value {
  const done = new Map<Value, Value>();
  const copy = (one: Value, depth: number): Value => {
    charge(py);
    const before = done.get(one);
    if (before !== undefined) return before;
    if (depth > 100 || (!deep && depth > 0)) return one;
    if (one.kind === 'list' || one.kind === 'set') {
      const made = sequenceValue(one.kind, [], depth === 0 ? derived(at, one) : one.origin);
      done.set(one, made);
      made.items = one.items.map((item) => copy(item, depth + 1));
      return made;
    }
    if (one.kind === 'tuple')
      return deep
        ? sequenceValue(
            'tuple',
            one.items.map((item) => copy(item, depth + 1)),
            one.origin,
          )
        : one;
    if (one.kind === 'dict') {
      const made = markBirth({
        kind: 'dict' as const,
        entries: new Map<string, { key: Value; value: Value }>(),
        origin: depth === 0 ? derived(at, one) : one.origin,
      });
      done.set(one, made);
      for (const [key, entry] of one.entries)
        made.entries.set(key, { key: entry.key, value: copy(entry.value, depth + 1) });
      return made;
    }
    if (one.kind === 'instance') {
      const attributes = markBirth(new Map<string, Value>());
      const made = markBirth({ ...one, attributes });
      done.set(one, made);
      for (const [name, inner] of one.attributes) attributes.set(name, copy(inner, depth + 1));
      return made;
    }
    return one;
  };
  return copy(value, 0);
}
