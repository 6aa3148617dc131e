import type { Launch } from '../../link/program.js';
import { sameValue } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

/** Containers inside containers beyond this are left as they are. */
const DEEPEST = 12;

/** Why a variable may be set where that is not read here, and what a file to copy shows of those. */
export type Doubts = readonly [
  reason: (name: string) => string | undefined,
  shown?: { readonly names: ReadonlyMap<string, Value>; readonly variables: ReadonlySet<string> } | undefined,
];

/**
 * Where a deployment takes over variables that the repository does not hold, a default in the code may not be what
 * runs: every value that follows from a variable which nothing known sets becomes unknown. The default is no candidate
 * for it: it is the one value that is likely not to count. It is no longer in doubt where the file that is to be copied
 * shows every such variable and comes to the same value.
 */
export function doubted(
  names: ReadonlyMap<string, Value>,
  { environment }: Launch,
  ...[reason, shown]: Doubts
): ReadonlyMap<string, Value> {
  const done = new Map<Value, Value>();

  function doubt(value: Value, other: Value | undefined, above: readonly string[], depth: number): Value {
    const known = done.get(value);
    if (known !== undefined) return known;
    const result = doubtOnce(value, other, above, depth);
    done.set(value, result);
    return result;
  }

  /** `above`: what decides which collection it is that this stands in. */
  function doubtOnce(value: Value, other: Value | undefined, above: readonly string[], depth: number): Value {
    if (value.kind === 'unknown' || depth > DEEPEST) return value;
    const open = [...new Set([...above, ...value.origin.variables.filter((name) => reasonOf(name) !== undefined)])];
    const isShown = shown !== undefined && other !== undefined && open.every((name) => shown.variables.has(name));
    const inside = isShown ? open : [];
    if (value.kind === 'dict') {
      const beside = isShown && other.kind === 'dict' ? other.entries : undefined;
      const entries = new Map(
        [...value.entries].map(([key, entry]) => [
          key,
          { ...entry, value: doubt(entry.value, beside?.get(key)?.value, inside, depth + 1) },
        ]),
      );
      // What differs inside is told of its entries.
      const isSame = open.length === 0 || beside?.size === entries.size || open.every((name) => isReadOf(value, name));
      return isSame ? { ...value, entries } : unknownInstead({ ...value, entries }, open);
    }
    if ('items' in value) {
      const beside = isShown && 'items' in other ? other.items : undefined;
      return { ...value, items: value.items.map((item, i) => doubt(item, beside?.[i], inside, depth + 1)) };
    }
    return open.length === 0 || (isShown && sameValue(value, other)) ? value : unknownInstead(value, open);
  }

  /** What a URL in a variable is read as has the entries that such a URL gives, whatever it says: those are in doubt, and others beside them are not. */
  function isReadOf({ entries }: Extract<Value, { kind: 'dict' }>, name: string): boolean {
    return [...entries.values()].some(({ value }) => value.origin.variables.includes(name));
  }

  function reasonOf(name: string): string | undefined {
    return environment.has(name) ? undefined : reason(name);
  }

  function unknownInstead(value: Value, open: readonly string[]): Value {
    return { kind: 'unknown', reason: `${open.join(', ')}: ${reasonOf(open[0] ?? '') ?? ''}`, origin: value.origin };
  }

  return new Map([...names].map(([name, value]) => [name, doubt(value, shown?.names.get(name), [], 0)]));
}
