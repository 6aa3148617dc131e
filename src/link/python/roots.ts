import { directories } from './files.js';
import type { Inventory } from '../../discover/inventory.js';
import { joinPath, normalPath } from './path-text.js';
import { REPOSITORY, type SequenceValue } from '../value.js';
import type { Launch } from '../program.js';

const inside = (path: string): string => (path === '.' ? '' : path);

/**
 * The folders from which modules are imported, relative to the audited root: the folder of the launch, the places
 * that containers put on the path, folders of scripts that start the application, and `src` layouts.
 */
export function importRoots(inventory: Inventory, launch: Launch): readonly string[] {
  const roots = [launch.directory];
  const add = (path: string): void => {
    const clean = inside(normalPath(path));
    if (!clean.startsWith('..') && !roots.includes(clean) && directories(inventory).has(clean)) roots.push(clean);
  };
  const pythonPath = launch.environment.get('PYTHONPATH')?.value;
  if (typeof pythonPath === 'string') {
    for (const part of pythonPath.split(':')) {
      if (part === '' || part.includes('$')) continue;
      if (!part.startsWith('/')) add(joinPath(launch.directory, part));
      for (const mount of launch.mounts) {
        const from = normalPath(mount.containerPath);
        if (part === from || part.startsWith(`${from}/`)) add(joinPath(mount.path || '.', part.slice(from.length + 1)));
      }
    }
  }
  for (const { words } of launch.commands) {
    for (const [i, word] of words.entries()) {
      const folder =
        /^--(?:chdir|pythonpath|app-dir)=(.+)$/.exec(word)?.[1] ??
        (/^--(?:chdir|pythonpath|app-dir)$/.test(word) ? words[i + 1] : undefined);
      if (folder === undefined) continue;
      add(joinPath(launch.directory, folder.replace(/^\/+/, '')));
      for (const mount of launch.mounts)
        if (folder.startsWith(mount.containerPath))
          add(joinPath(mount.path || '.', folder.slice(mount.containerPath.length).replace(/^\/+/, '')));
    }
  }
  const scripts = inventory.files
    .filter(
      ({ path }) =>
        /(?:^|\/)manage\.py$/.test(path) && (launch.directory === '' || path.startsWith(`${launch.directory}/`)),
    )
    .map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    .sort((a, b) => a.split('/').length - b.split('/').length);
  for (const folder of scripts) add(folder);
  add(joinPath(launch.directory, 'src'));
  // A package that is copied to its place is imported by its own name, not from its inside.
  for (const mount of launch.mounts)
    if (!inventory.has(joinPath(mount.path || '.', '__init__.py'))) add(mount.path || '.');
  return roots;
}

export interface Found {
  readonly path: string;
  readonly kind: 'module' | 'package' | 'namespace';
}

/** Finds a module in the import roots and in what the program put on its search path. */
export function findModule(
  inventory: Inventory,
  roots: readonly string[],
  searchPath: SequenceValue | undefined,
  module: string,
): Found | undefined {
  const relative = module.split('.').join('/');
  if (!/^[\p{L}\p{N}_/-]+$/u.test(relative)) return undefined;
  const added = (searchPath?.items ?? []).flatMap((item) => {
    if (item.kind !== 'str' && item.kind !== 'path') return [];
    const path = normalPath(item.value.startsWith('/') ? item.value : joinPath(REPOSITORY, roots[0] ?? '', item.value));
    return path === REPOSITORY ? [''] : path.startsWith(`${REPOSITORY}/`) ? [path.slice(REPOSITORY.length + 1)] : [];
  });
  let namespace: Found | undefined;
  for (const root of [...roots, ...added]) {
    const base = joinPath(root, relative);
    if (inventory.has(`${base}/__init__.py`)) return { path: `${base}/__init__.py`, kind: 'package' };
    if (inventory.has(`${base}.py`)) return { path: `${base}.py`, kind: 'module' };
    if (namespace === undefined && directories(inventory).has(base)) namespace = { path: base, kind: 'namespace' };
  }
  return namespace;
}

/** The root from which a file would be imported, told by the `__init__.py` files above it. */
export function rootOf(inventory: Inventory, path: string): { readonly root: string; readonly module: string } {
  const parts = path.replace(/\.py$/, '').split('/');
  let start = parts.length - 1;
  while (start > 0 && inventory.has(`${parts.slice(0, start).join('/')}/__init__.py`)) start--;
  const names = parts.slice(start);
  if (names.at(-1) === '__init__' && names.length > 1) names.pop();
  return { root: parts.slice(0, start).join('/'), module: names.join('.') };
}
