import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * This file must stay at the top of the program: everything that the program looks for in itself is found from here,
 * in the sources as in the bundle.
 */
const TOP = new URL('.', import.meta.url);

/**
 * The peers in a folder of the program, `technologies` for example: names of its folders, and of its modules without
 * ending. Names that start with `_` are skipped. This is why no index, enum or registry learns of a new technology,
 * rule or format.
 */
export function members(folder: string): { folders: string[]; modules: string[] } {
  const entries = readdirSync(new URL(`${folder}/`, TOP), { withFileTypes: true }).filter(
    (entry) => !entry.name.startsWith('_'),
  );
  return {
    folders: entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort(),
    modules: entries
      .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
      .map((entry) => entry.name.slice(0, -3))
      .sort(),
  };
}

/** Loads a module of the program by its path without ending: `report/text`. The caller knows what it exports. */
export async function load(module: string): Promise<unknown> {
  return import(new URL(`${module}.js`, TOP).href);
}

/** The path of a file that ships with the program: `../package.json`. */
export function shipped(path: string): string {
  return fileURLToPath(new URL(path, TOP));
}
