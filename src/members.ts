import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Finds the peers in a folder of the compiled program: names of its folders and of its modules without `.js`. Names
 * that start with `_` are skipped. This is why no index, enum or registry learns of a new technology, rule or format.
 */
export function members(folder: URL): { folders: string[]; modules: string[] } {
  const entries = readdirSync(fileURLToPath(folder), { withFileTypes: true }).filter((entry) => !entry.name.startsWith('_'));
  return {
    folders: entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort(),
    modules: entries
      .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
      .map((entry) => entry.name.slice(0, -3))
      .sort(),
  };
}
