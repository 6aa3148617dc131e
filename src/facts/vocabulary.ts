import { load, members } from '../members.js';
import type { FactKind } from './fact.js';

/** Every fact kind by its name, found by looking in this folder. */
export async function vocabulary(): Promise<ReadonlyMap<string, FactKind>> {
  const kinds = new Map<string, FactKind>();
  for (const name of kindNames()) {
    const module = (await load(`facts/${name}`)) as Record<string, unknown>;
    for (const value of Object.values(module)) {
      if (isFactKind(value)) kinds.set(value.kind, value);
    }
  }
  return kinds;
}

/** File names of the kinds, without loading them. */
export function kindNames(): readonly string[] {
  return members('facts').modules.filter((name) => name !== 'fact' && name !== 'vocabulary');
}

function isFactKind(value: unknown): value is FactKind {
  return typeof value === 'object' && value !== null && 'kind' in value && 'properties' in value;
}
