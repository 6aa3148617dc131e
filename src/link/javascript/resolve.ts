import { builtinModules } from 'node:module';
import type { Inventory } from '../../discover/inventory.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { sourceOf } from './built-files.js';
import { memberOf, pairsIn, textIn, textsIn } from './json.js';
import { manifestsOf, type Manifest } from './manifests.js';
import { tsConfigsOf, type TsConfigs } from './tsconfig.js';

/** What an import names: a file of the repository, or a package from elsewhere. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string; readonly subpath: string };

export interface Resolver {
  /** Undefined where a file is meant that is not there. */
  readonly resolve: (specifier: string, from: string) => Target | undefined;
  /** The file that a path (without an ending, of a folder) means. */
  readonly file: (path: string) => string | undefined;
  readonly tsConfigs: TsConfigs;
}

/** `imports` of a manifest that name each other are followed no further. */
const LONGEST_CHAIN = 8;

const BUILT_IN = new Set(builtinModules);
const ENDINGS = ['.js', '.ts', '.tsx', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json'];
/** What TypeScript's own endings become: an import says `./x.js` where x.ts is written. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts', '.ts'],
  '.cjs': ['.cts', '.ts'],
};

/** `mounted` gives the path of the repository that an absolute path of the container means. */
export function createResolver(inventory: Inventory, mounted: (path: string) => string | undefined): Resolver {
  const tsConfigs = tsConfigsOf(inventory);
  const manifests = manifestsOf(inventory);
  const files = new Map<string, string | undefined>();

  function file(path: string): string | undefined {
    if (!files.has(path)) {
      // Folders whose manifests name each other as their main file lead nowhere.
      files.set(path, undefined);
      files.set(path, find(path));
    }
    return files.get(path);
  }

  function find(path: string): string | undefined {
    if (inventory.has(path)) return path;
    const ending = /\.[cm]?jsx?$/.exec(path)?.[0] ?? '';
    if (Object.hasOwn(WRITTEN, ending)) {
      const stem = path.slice(0, -ending.length);
      const written = WRITTEN[ending]?.map((other) => stem + other).find((one) => inventory.has(one));
      if (written !== undefined) return written;
    }
    const added = ENDINGS.map((one) => path + one).find((one) => inventory.has(one));
    if (added !== undefined) return added;
    const manifest = path === '' ? undefined : manifests.at(path);
    const main = textIn(manifest?.json, 'main');
    if (main !== undefined && joinPath(path, main) !== path) {
      const named = file(joinPath(path, main));
      if (named !== undefined) return named;
    }
    return ENDINGS.map((one) => joinPath(path, `index${one}`)).find((one) => inventory.has(one));
  }

  const fileTarget = (path: string | undefined): Target | undefined =>
    path === undefined ? undefined : { kind: 'file', path };

  /** The source that a path means; where only the source of a built file is here, that. */
  const fileOrSource = (path: string): string | undefined => file(path) ?? sourceOf(path, inventory, tsConfigs, file);

  function ofWorkspace(manifest: Manifest, subpath: string): string | undefined {
    const exported = exportsOf(memberOf(manifest.json, 'exports'), subpath === '' ? '.' : `./${subpath}`);
    const named =
      subpath === ''
        ? ['source', 'main', 'module', 'types'].map((key) => textIn(manifest.json, key))
        : [subpath, `src/${subpath}`];
    for (const target of [...exported, ...named]) {
      const found = target === undefined ? undefined : fileOrSource(joinPath(manifest.folder, target));
      if (found !== undefined && !found.endsWith('.d.ts')) return found;
    }
    return subpath === '' ? (file(joinPath(manifest.folder, 'src')) ?? file(manifest.folder)) : undefined;
  }

  /** What a file imports that is copied into a build: `./out/server/router.js` is server/router.ts of its package. */
  function copiedFile(specifier: string, from: string): string | undefined {
    const parts = specifier.split('/');
    const home = manifests.above(folderOf(from))?.folder ?? '';
    if (parts[0] !== '.' || parts.length < 4 || !/\.[cm]?js$/.test(specifier)) return undefined;
    for (let at = 2; at < parts.length - 1; at++) {
      const found = file(joinPath(home, parts.slice(at).join('/')));
      if (found !== undefined && found !== from) return found;
    }
    return undefined;
  }

  function resolve(specifier: string, from: string, depth = 0): Target | undefined {
    if (/^\.{1,2}(?:\/|$)/.test(specifier))
      return fileTarget(fileOrSource(joinPath(folderOf(from), specifier)) ?? copiedFile(specifier, from));
    if (specifier.startsWith('/')) {
      const path = mounted(specifier);
      const found = path === undefined ? undefined : fileOrSource(path);
      // Compilers that bring modules of their own take it from the folder of the package: Meteor, Vite.
      const own = joinPath(manifests.above(folderOf(from))?.folder ?? '', specifier);
      return fileTarget(found ?? fileOrSource(own));
    }
    if (specifier.startsWith('#') && depth < LONGEST_CHAIN) {
      const manifest = manifests.above(folderOf(from));
      for (const target of exportsOf(memberOf(manifest?.json, 'imports'), specifier)) {
        if (!target.startsWith('.')) return resolve(target, from, depth + 1);
        const found = fileOrSource(joinPath(manifest?.folder ?? '', target));
        if (found !== undefined) return fileTarget(found);
      }
    }
    const bare = specifier.replace(/^npm:/, '').replace(/[?!].*$/, '');
    const [, scope = '', own = '', rest = ''] = /^(@[^/]+\/)?([^/]+)(?:\/(.*))?$/.exec(bare) ?? [];
    if (specifier.startsWith('node:') || BUILT_IN.has(specifier)) {
      const [name = '', ...more] = specifier.replace(/^node:/, '').split('/');
      return { kind: 'package', name: `node:${name}`, subpath: more.join('/') };
    }
    const config = tsConfigs.above(folderOf(from));
    for (const path of config === undefined ? [] : mapped(config.paths, specifier)) {
      const found = file(path);
      if (found !== undefined) return fileTarget(found);
    }
    if (config?.baseUrl !== undefined) {
      const found = file(joinPath(config.baseUrl, specifier));
      if (found !== undefined) return fileTarget(found);
    }
    const workspace = manifests.named(`${scope}${own}`);
    if (workspace !== undefined) {
      const found = ofWorkspace(workspace, rest);
      if (found !== undefined) return fileTarget(found);
    }
    if (own === '' || /^[@~#]$|^$/.test(`${scope}${own}`) || scope === '@/') return undefined;
    const name = `${scope}${own}`.replace(/(.)@.*$/, specifier.startsWith('npm:') ? '$1' : '$&');
    return { kind: 'package', name, subpath: rest };
  }

  return { resolve: (specifier, from) => resolve(specifier, from), file, tsConfigs };
}

/** The targets of a key in `exports` or `imports` of package.json, whatever their conditions. */
function exportsOf(map: unknown, key: string): string[] {
  if (typeof map === 'string' || Array.isArray(map)) return key === '.' ? [...textsIn(map)] : [];
  const pairs = pairsIn(map);
  if (key === '.' && pairs.every(([name]) => !name.startsWith('.'))) return targetsOf(map, 0);
  for (const [pattern, target] of pairs) {
    const star = pattern.indexOf('*');
    if (pattern === key) return targetsOf(target, 0);
    if (star < 0) continue;
    const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (!key.startsWith(before) || !key.endsWith(after) || key.length < pattern.length - 1) continue;
    const part = key.slice(before.length, key.length - after.length);
    return targetsOf(target, 0).map((one) => one.replaceAll('*', part));
  }
  return [];
}

function targetsOf(target: unknown, depth: number): string[] {
  if (typeof target === 'string') return [target];
  if (depth > 6) return [];
  return pairsIn(target).flatMap(([, one]) => targetsOf(one, depth + 1));
}

function mapped(
  paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[],
  name: string,
): string[] {
  let best: { length: number; found: string[] } = { length: -1, found: [] };
  for (const { pattern, targets } of paths) {
    const star = pattern.indexOf('*');
    const before = star < 0 ? pattern : pattern.slice(0, star);
    const after = star < 0 ? '' : pattern.slice(star + 1);
    const fits =
      star < 0
        ? name === pattern
        : name.startsWith(before) && name.endsWith(after) && name.length >= before.length + after.length;
    if (!fits || before.length <= best.length) continue;
    const part = name.slice(before.length, name.length - after.length);
    best = { length: before.length, found: targets.map((target) => target.replace('*', () => part)) };
  }
  return best.found;
}
