import type { Inventory } from '../../discover/inventory.js';
import { folderOf, isInside, joinPath } from '../../repository-path.js';
import type { Engine } from './engine.js';
import type { JavaScriptModule } from './javascript-program.js';
import { manifestsOf } from './manifests.js';

/** Files beyond these are data. */
const MOST_FILES = 40;
const LONGEST = 200_000;
const MANIFESTS = new Set(['package.json', 'package-lock.json', 'tsconfig.json']);
const CODE = /\.[cm]?[jt]sx?$/;

const kept = new WeakMap<Inventory, Map<string, readonly string[]>>();

/**
 * What a package loads by names that stand in its own JSON files: lists of plugins and hooks, written from the name of the package on
 * (`acme-pad/hooks/socket`, with a function behind a colon), as people name modules of a package from outside.
 */
export function namedModules(js: Engine, module: JavaScriptModule): readonly string[] {
  const { inventory } = js.sources;
  const manifest = manifestsOf(inventory).above(folderOf(module.path));
  if (manifest?.name === undefined || manifest.name === '') return [];
  let packages = kept.get(inventory);
  if (packages === undefined) kept.set(inventory, (packages = new Map<string, readonly string[]>()));
  let found = packages.get(manifest.folder);
  if (found === undefined) packages.set(manifest.folder, (found = namedIn(js, manifest.folder, manifest.name)));
  return found;
}

function namedIn({ sources: { inventory }, graph }: Engine, folder: string, name: string): readonly string[] {
  const lists = inventory.files.filter(
    ({ path }) =>
      path.endsWith('.json') &&
      isInside(path, folder) &&
      !path.includes('node_modules/') &&
      !MANIFESTS.has(path.slice(path.lastIndexOf('/') + 1)),
  );
  if (lists.length > MOST_FILES) lists.sort((a, b) => depthOf(a.path) - depthOf(b.path)).splice(MOST_FILES);
  const found = new Set<string>();
  for (const { path } of lists) {
    const text = inventory.read(path);
    if (text === undefined || text.length > LONGEST || !text.includes(`"${name}/`)) continue;
    for (const [, written = ''] of text.matchAll(/"([^"\\\n]{1,300})"/g)) {
      if (!written.startsWith(`${name}/`)) continue;
      const file = graph.resolver.file(joinPath(folder, written.slice(name.length + 1).replace(/:[\w$]+$/, '')));
      if (file !== undefined && CODE.test(file)) found.add(file);
    }
  }
  return [...found].sort();
}

const depthOf = (path: string): number => path.split('/').length;
