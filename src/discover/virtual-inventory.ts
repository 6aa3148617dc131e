import type { Inventory } from './inventory.js';

/** An inventory of files that exist nowhere but here: path to text. For tests, examples and editors. */
export function inventoryOf(files: Readonly<Record<string, string>>): Inventory {
  const texts = new Map(Object.entries(files));
  return {
    root: '/',
    files: [...texts.keys()].sort().map((path) => ({ path })),
    has: (path) => texts.has(path),
    read: (path) => texts.get(path)?.replace(/^\uFEFF/, ''),
    notifications: [],
  };
}
