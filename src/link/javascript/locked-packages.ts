import type { Inventory } from '../../discover/inventory.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { readJson, textIn } from './json.js';

type Lookup = (name: string, range: string) => string | undefined;

const known = new WeakMap<Inventory, Map<string, Lookup>>();
const NOTHING: Lookup = () => undefined;

/** The version that the lock file of a folder, or of one above, fixes for a package that the folder's manifest names. */
export function lockedPackages(inventory: Inventory, folder: string): Lookup {
  let lookups = known.get(inventory);
  if (lookups === undefined) known.set(inventory, (lookups = new Map<string, Lookup>()));
  let found = lookups.get(folder);
  if (found === undefined) lookups.set(folder, (found = find(inventory, folder)));
  return found;
}

function find(inventory: Inventory, folder: string): Lookup {
  for (let one = folder; ; one = folderOf(one)) {
    const inside = folder === one ? '' : folder.slice(one === '' ? 0 : one.length + 1);
    for (const [name, make] of FORMATS) {
      const path = joinPath(one, name);
      const text = inventory.has(path) ? inventory.read(path) : undefined;
      if (text !== undefined) return make(text, inside);
    }
    if (one === '') return NOTHING;
  }
}

const FORMATS: readonly (readonly [string, (text: string, inside: string) => Lookup])[] = [
  ['package-lock.json', npm],
  ['npm-shrinkwrap.json', npm],
  ['yarn.lock', yarn],
  ['pnpm-lock.yaml', pnpm],
];

/** https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json */
function npm(text: string, inside: string): Lookup {
  const json = readJson(text);
  return (name) =>
    textIn(json, 'packages', `${inside}/node_modules/${name}`, 'version') ??
    textIn(json, 'packages', `node_modules/${name}`, 'version') ??
    textIn(json, 'dependencies', name, 'version');
}

/** Both the format of Yarn 1 and that of later ones: a line of `name@range` patterns, then `version`. */
function yarn(text: string): Lookup {
  const versions = new Map<string, string>();
  let patterns: string[] = [];
  for (const line of text.split('\n')) {
    if (/^\S.*:\s*$/.test(line) && !line.startsWith('#'))
      patterns = line
        .trim()
        .slice(0, -1)
        .split(',')
        .map((one) => one.trim().replace(/^"|"$/g, ''));
    else if (/^ {2}version:? /.test(line)) {
      const version = line
        .trim()
        .slice('version'.length)
        .replace(/[:\s"]/g, '');
      for (const pattern of patterns) versions.set(pattern.replaceAll('"', ''), version);
      patterns = [];
    }
  }
  return (name, range) => versions.get(`${name}@${range}`) ?? versions.get(`${name}@npm:${range}`);
}

/** `importers`, then its folder, then the package with its `version`; older files have the packages at the top. */
function pnpm(text: string, inside: string): Lookup {
  const versions = new Map<string, string>();
  let importer = '';
  let inImporters = false;
  let name: string | undefined;
  for (const line of text.split('\n')) {
    const [, indent = '', key = '', value = ''] = /^( *)'?"?([^'":]+(?:\/[^'":]+)?)'?"?: ?(.*)$/.exec(line) ?? [];
    if (key === '') continue;
    if (indent === '') {
      if (key === 'packages' || key === 'snapshots') break;
      inImporters = key === 'importers';
      importer = '.';
      continue;
    }
    const depth = indent.length / 2 - (inImporters ? 1 : 0);
    if (inImporters && indent.length === 2) importer = key;
    else if (key === 'version') {
      if (name !== undefined) versions.set(`${importer} ${name}`, plain(value));
    } else if (depth === 2 || (depth === 1 && !inImporters && value === '')) name = key;
    else if (depth === 1 && !inImporters && /^\d/.test(value)) versions.set(`${importer} ${key}`, plain(value));
  }
  return (wanted) => versions.get(`${inside === '' ? '.' : inside} ${wanted}`) ?? versions.get(`. ${wanted}`);
}

function plain(version: string): string {
  return version
    .replace(/['"]/g, '')
    .replace(/[(_].*$/, '')
    .trim();
}
