import type { Launch } from '../../link/program.js';
import type { Value } from '../../link/value.js';

/** Containers inside containers beyond this are left as they are. */
const DEEPEST = 12;

/**
 * Where a deployment takes over variables that the repository does not hold, a default in the code may not be what
 * runs: every value that follows from a variable which nothing known sets becomes unknown. The default is no candidate
 * for it: it is the one value that is likely not to count.
 */
export function doubted(names: ReadonlyMap<string, Value>, launch: Launch): ReadonlyMap<string, Value> {
  const { openEnvironment: reason, environment } = launch;
  if (reason === undefined) return names;
  const done = new Map<Value, Value>();

  function doubt(value: Value, depth: number): Value {
    const known = done.get(value);
    if (known !== undefined) return known;
    const result = doubtOnce(value, depth);
    done.set(value, result);
    return result;
  }

  function doubtOnce(value: Value, depth: number): Value {
    if (value.kind === 'unknown' || depth > DEEPEST) return value;
    if (value.kind === 'dict') {
      const entries = new Map(
        [...value.entries].map(([key, entry]) => [key, { ...entry, value: doubt(entry.value, depth + 1) }]),
      );
      return unset(value) ? unknownInstead({ ...value, entries }) : { ...value, entries };
    }
    if ('items' in value) return { ...value, items: value.items.map((item) => doubt(item, depth + 1)) };
    return unset(value) ? unknownInstead(value) : value;
  }

  function unset({ origin }: Value): boolean {
    return origin.variables.some((name) => !environment.has(name));
  }

  function unknownInstead(value: Value): Value {
    const names = value.origin.variables.filter((name) => !environment.has(name)).join(', ');
    return { kind: 'unknown', reason: `${names}: ${reason ?? ''}`, origin: value.origin };
  }

  return new Map([...names].map(([name, value]) => [name, doubt(value, 0)]));
}
