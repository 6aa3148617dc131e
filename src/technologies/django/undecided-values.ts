import { sameValue } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

/** Containers inside containers beyond this are left as they are. */
const DEEPEST = 12;

/** Settings under two environments of which nobody knows which one counts: what differs is not known, as deep inside as that can be told. */
export function undecidedWhereDifferent(
  names: ReadonlyMap<string, Value>,
  others: ReadonlyMap<string, Value>,
  reason: string,
  keeps: (value: Value, other: Value) => boolean = () => false,
): ReadonlyMap<string, Value> {
  function merged(value: Value, other: Value | undefined, depth: number): Value {
    if (value.kind === 'unknown' || depth > DEEPEST || value === other) return value;
    if (other === undefined) return { kind: 'unknown', reason, origin: value.origin };
    if (keeps(value, other)) return value;
    if (value.kind === 'dict' && other.kind === 'dict' && value.entries.size === other.entries.size) {
      const entries = [...value.entries].map(([key, entry]): [string, typeof entry] => {
        return [key, { ...entry, value: merged(entry.value, other.entries.get(key)?.value, depth + 1) }];
      });
      return { ...value, entries: new Map(entries) };
    }
    if ('items' in value && 'items' in other && value.items.length === other.items.length)
      return { ...value, items: value.items.map((item, i) => merged(item, other.items[i], depth + 1)) };
    const isPlain = value.kind !== 'instance' && value.kind !== 'function' && value.kind !== 'external';
    if (sameValue(value, other) || (value.kind === other.kind && !isPlain)) return value;
    return { kind: 'unknown', reason, origin: value.origin };
  }
  return new Map([...names].map(([name, value]) => [name, merged(value, others.get(name), 0)]));
}
