import type { Inventory } from '../../discover/inventory.js';
import { folderOf } from '../../repository-path.js';
import type { DeclaredPackage } from './javascript-program.js';
import { memberOf, pairsIn } from './json.js';
import { lockedPackages } from './locked-packages.js';
import { manifestsOf, type Manifest } from './manifests.js';

type Declared = ReadonlyMap<string, DeclaredPackage>;

const known = new WeakMap<Inventory, Map<string, Declared>>();

/** Packages by name, as the manifest of a folder declares them, else that of a folder above, else any of the repository. */
export function declaredPackages(inventory: Inventory, folder: string): ReadonlyMap<string, DeclaredPackage> {
  let folders = known.get(inventory);
  if (folders === undefined) known.set(inventory, (folders = new Map<string, Declared>()));
  let found = folders.get(folder);
  if (found === undefined) folders.set(folder, (found = declared(inventory, folder)));
  return found;
}

function declared(inventory: Inventory, folder: string): Map<string, DeclaredPackage> {
  const manifests = manifestsOf(inventory);
  const order: Manifest[] = [];
  for (let one = folder; ; one = folderOf(one)) {
    const manifest = manifests.at(one);
    if (manifest !== undefined) order.push(manifest);
    if (one === '') break;
  }
  const found = new Map<string, DeclaredPackage>();
  for (const manifest of [...order, ...manifests.all.filter((one) => !order.includes(one))])
    for (const [section, development] of SECTIONS)
      for (const [name, range] of pairsIn(memberOf(manifest.json, section))) {
        if (typeof range !== 'string' || found.has(name)) continue;
        const version = lockedPackages(inventory, manifest.folder)(name, range) ?? lowest(range);
        found.set(name, {
          name,
          ...(version === undefined ? {} : { version }),
          development,
          location: manifest.place(section, name),
        });
      }
  return found;
}

const SECTIONS: readonly (readonly [string, boolean])[] = [
  ['dependencies', false],
  ['optionalDependencies', false],
  ['peerDependencies', false],
  ['devDependencies', true],
];

/** `^4.18.1` allows 4.18.1 at the lowest. */
function lowest(range: string): string | undefined {
  return /^(?:npm:[^\s]{1,100}@)?[\^~>=v\s]{0,4}(\d+(?:\.\d+){0,2})/.exec(range)?.[1];
}
