import type { Launch } from '../../link/program.js';
import { sameValue } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

/** Containers inside containers beyond this are left as they are. */
const DEEPEST = 12;

/**
 * Where a deployment takes over variables that the repository does not hold, a default in the code may not be what
 * runs: every value that follows from a variable which nothing known sets becomes unknown. The default is no candidate
 * for it: it is the one value that is likely not to count. It is no longer in doubt where the file that is to be copied
 * shows every such variable and comes to the same value.
 */
export function doubted(
  names: ReadonlyMap<string, Value>,
  launch: Launch,
  shown: { readonly names: ReadonlyMap<string, Value>; readonly variables: ReadonlySet<string> } | undefined,
): ReadonlyMap<string, Value> {
  const { openEnvironment: reason, environment } = launch;
  if (reason === undefined) return names;
  const done = new Map<Value, Value>();

  function doubt(value: Value, other: Value | undefined, depth: number): Value {
    const known = done.get(value);
    if (known !== undefined) return known;
    const result = doubtOnce(value, other, depth);
    done.set(value, result);
    return result;
  }

  function doubtOnce(value: Value, other: Value | undefined, depth: number): Value {
    if (value.kind === 'unknown' || depth > DEEPEST) return value;
    if (value.kind === 'dict') {
      const entries = new Map(
        [...value.entries].map(([key, entry]) => {
          const beside = other?.kind === 'dict' ? other.entries.get(key)?.value : undefined;
          return [key, { ...entry, value: doubt(entry.value, beside, depth + 1) }];
        }),
      );
      return unset(value, other) ? unknownInstead({ ...value, entries }) : { ...value, entries };
    }
    if ('items' in value) {
      const beside = other !== undefined && 'items' in other ? other.items : [];
      return { ...value, items: value.items.map((item, i) => doubt(item, beside[i], depth + 1)) };
    }
    return unset(value, other) ? unknownInstead(value) : value;
  }

  function unset(value: Value, other: Value | undefined): boolean {
    const open = value.origin.variables.filter((name) => !environment.has(name));
    if (open.length === 0) return false;
    if (shown === undefined || other === undefined || !open.every((name) => shown.variables.has(name))) return true;
    // Of a dictionary, what differs inside is told of its entries.
    if (value.kind === 'dict') return other.kind !== 'dict' || value.entries.size !== other.entries.size;
    return !sameValue(value, other);
  }

  function unknownInstead(value: Value): Value {
    const names = value.origin.variables.filter((name) => !environment.has(name)).join(', ');
    return { kind: 'unknown', reason: `${names}: ${reason ?? ''}`, origin: value.origin };
  }

  return new Map([...names].map(([name, value]) => [name, doubt(value, shown?.names.get(name), 0)]));
}
