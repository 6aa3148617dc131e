import type { Inventory } from '../../discover/inventory.js';
import { rootOf } from '../python/roots.js';
import { ASIDE } from './aside.js';

/**
 * The Python files that a component can run: those of its folder, and the packages beside it that they import or name in texts,
 * as frameworks are told what to load. Only texts are looked at.
 */
export function pythonFiles(
  inventory: Inventory,
  directory: string,
  resolve: (module: string) => string | undefined,
): readonly string[] {
  const files = inventory.files.map(({ path }) => path).filter((path) => path.endsWith('.py') && !ASIDE.test(path));
  if (directory === '') return files.sort();
  const folders = new Set([`${directory}/`]);
  const found = new Set<string>();
  const asked = new Set<string>();
  const waiting = [`${directory}/`];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const path of files) {
      if (!path.startsWith(folder) || found.has(path)) continue;
      found.add(path);
      for (const name of namesIn(inventory.read(path) ?? '')) {
        const [first = name] = name.split('.', 1);
        if (asked.has(first)) continue;
        asked.add(first);
        const outside = packageFolder(inventory, resolve(name));
        if (outside === undefined || [...folders].some((one) => outside.startsWith(one))) continue;
        folders.add(outside);
        waiting.push(outside);
      }
    }
  }
  return [...found].sort();
}

/** Modules that a file imports, and dotted texts that could name some. */
function* namesIn(text: string): Iterable<string> {
  for (const [, name] of text.matchAll(/^[ \t]*(?:from|import)[ \t]+([A-Za-z_][\w.]*)/gm))
    if (name !== undefined) yield name;
  for (const [, name] of text.matchAll(/["']([a-z_]\w*(?:\.\w+)+)["']/g)) if (name !== undefined) yield name;
}

/** The folder of the outermost package that a module belongs to. */
function packageFolder(inventory: Inventory, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const { root, module } = rootOf(inventory, path);
  const [first = ''] = module.split('.', 1);
  const folder = root === '' ? first : `${root}/${first}`;
  // A module that stands alone beside everything else brings nothing but itself.
  return inventory.has(`${folder}.py`) ? `${folder}.py` : `${folder}/`;
}
