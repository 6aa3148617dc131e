import type { Inventory } from '../../discover/inventory.js';
import type { Location } from '../../location.js';
import { program } from '../../parse/shell/program.js';
import { folderOf, isInside, joinPath } from '../../repository-path.js';
import type { LaunchedCommand } from '../launched-command.js';
import { repositoryPath } from '../mount.js';
import type { Entry } from './javascript-program.js';
import { memberOf, pairsIn } from './json.js';
import { manifestsOf, type Manifest } from './manifests.js';
import type { Sources } from './module-graph.js';
import { isFramework, placedByPackages, placedFiles } from './placed-files.js';
import type { Resolver } from './resolve.js';
import { specifiersIn } from './specifiers.js';

/** What frameworks call the file that their build makes of a server. */
export const IS_FRAMEWORKS = /(?:^|\/)(?:server\.m?js|\.output(?:\/.*)?|entry\.mjs|build(?:\/.*)?|main\.js)$/;

/** Whether a script of a manifest says that it writes a file: `esbuild server/index.ts --outfile=dist/server.mjs`. No framework's build made that. */
export function isWrittenByScript({ json, folder }: Manifest, made: string): boolean {
  return pairsIn(memberOf(json, 'scripts')).some(
    ([, script]) =>
      typeof script === 'string' &&
      [...script.slice(0, 2000).matchAll(WRITTEN)].some(([, file = '']) => joinPath(folder, file) === made),
  );
}

const WRITTEN = /\s(?:-o|--out(?:put|file|-file)?)[= ]['"]?([\w./@-]{1,200})/g;

/** Where a file that is started would stand in the repository. */
export function fileIn(file: string, directory: string, mounts: Sources['launch']['mounts']): string {
  return file.startsWith('/') ? (repositoryPath(mounts, file) ?? joinPath('', file)) : joinPath(directory, file);
}

/** What a framework loads: one that a command starts, or one whose build is started in place of a file that is here. */
export function frameworkFiles(
  missing: LaunchedCommand | undefined,
  made: string,
  commands: readonly LaunchedCommand[],
  { launch, inventory }: Sources,
): { readonly paths: readonly string[]; readonly location: Location } | undefined {
  const command = commands.findLast(({ words }) => isFramework(program(words).name)) ?? missing;
  if (command === undefined) return undefined;
  const manifests = manifestsOf(inventory);
  const name = command === missing ? undefined : program(command.words).name;
  // Of a workspace the build stands in a folder of the same name: `node apps/web/server.js`.
  const within = tails(folderOf(made)).map((tail) => joinPath(launch.directory, tail));
  const folders = [
    ...(name === undefined ? [folderOf(made), ...within] : []),
    command.directory ?? launch.directory,
    launch.directory,
  ];
  for (const folder of folders) {
    const manifest = manifests.at(folder);
    const paths = manifest === undefined ? [] : placedFiles(inventory, manifest, name);
    if (paths.length > 0) return { paths, location: command.location };
  }
  return { paths: [], location: command.location };
}

/** Modules around an entry that are looked at for the framework that they start. */
const NEAREST = 60;

/** Files of the frameworks that a program starts itself: what they load by its place belongs to it. */
export function startedFrameworkFiles(
  entries: readonly Entry[],
  inventory: Inventory,
  resolver: Resolver,
): readonly { readonly from: string; readonly path: string }[] {
  return entries.flatMap(({ path: from }) => {
    const manifest = manifestsOf(inventory).above(folderOf(from));
    if (manifest === undefined || from.endsWith('.json')) return [];
    const named = new Set<string>();
    const seen = new Set([from]);
    for (const one of seen)
      for (const specifier of specifiersIn(inventory.read(one) ?? '')) {
        const target = resolver.resolve(specifier, one);
        if (target?.kind === 'package') named.add(target.name);
        else if (target === undefined || seen.size >= NEAREST) continue;
        else if (isInside(target.path, manifest.folder) && isSource(target.path)) seen.add(target.path);
      }
    return placedByPackages(inventory, manifest, named).map((path) => ({ from, path }));
  });
}

/** `/usr/src/app/dist/main.js` without more and more of its first folders. */
export function tails(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, at) => parts.slice(at).join('/')).slice(1);
}

export function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) || !/\.\w+$/.test(path);
}
