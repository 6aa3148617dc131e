import type { Inventory } from '../../discover/inventory.js';
import { lineStarts, regionAt, startOf, type Location } from '../../location.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { memberOf, placeIn, readJson, textIn, type Json } from './json.js';

/** A package.json of the repository. */
export interface Manifest {
  readonly path: string;
  readonly folder: string;
  readonly name: string | undefined;
  readonly json: Json;
  /** Where the value under these keys stands. */
  place(...keys: readonly string[]): Location;
}

export interface Manifests {
  at(folder: string): Manifest | undefined;
  /** That of a folder or of the nearest one above. */
  above(folder: string): Manifest | undefined;
  /** The package of the repository that has this name. */
  named(name: string): Manifest | undefined;
  readonly all: readonly Manifest[];
}

const known = new WeakMap<Inventory, Manifests>();

export function manifestsOf(inventory: Inventory): Manifests {
  let manifests = known.get(inventory);
  if (manifests === undefined) known.set(inventory, (manifests = createManifests(inventory)));
  return manifests;
}

function createManifests(inventory: Inventory): Manifests {
  const read = new Map<string, Manifest | undefined>();
  const at = (folder: string): Manifest | undefined => {
    if (!read.has(folder)) read.set(folder, readManifest(inventory, joinPath(folder, 'package.json')));
    return read.get(folder);
  };
  let all: readonly Manifest[] | undefined;
  const everyOne = (): readonly Manifest[] =>
    (all ??= inventory.files
      .filter(({ path }) => path === 'package.json' || path.endsWith('/package.json'))
      .map(({ path }) => at(folderOf(path)))
      .filter((one) => one !== undefined));
  let names: Map<string, Manifest> | undefined;
  return {
    at,
    above(folder) {
      for (let one = folder; ; one = folderOf(one)) {
        const found = at(one);
        if (found !== undefined || one === '') return found;
      }
    },
    named(name) {
      if (names === undefined) {
        names = new Map();
        for (const one of everyOne()) if (one.name !== undefined && !names.has(one.name)) names.set(one.name, one);
      }
      return names.get(name);
    },
    get all() {
      return everyOne();
    },
  };
}

function readManifest(inventory: Inventory, path: string): Manifest | undefined {
  const text = inventory.read(path);
  const json = text === undefined ? undefined : readJson(text);
  if (text === undefined || json === undefined) return undefined;
  return {
    path,
    folder: folderOf(path),
    name: textIn(json, 'name'),
    json,
    place(...keys) {
      const range = placeIn(text, keys);
      return range === undefined
        ? startOf(path)
        : { uri: path, region: regionAt(lineStarts(text), range.start, range.end) };
    },
  };
}

/** The command line of a script of package.json. */
export function scriptOf(manifest: Manifest, name: string): string | undefined {
  const script = memberOf(manifest.json, 'scripts', name);
  return typeof script === 'string' ? script : undefined;
}
