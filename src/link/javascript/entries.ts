import { startOf, type Location } from '../../location.js';
import { program } from '../../parse/shell/program.js';
import { isInside, joinPath } from '../../repository-path.js';
import { launchOf } from '../launch.js';
import { repositoryPath } from '../mount.js';
import { productionScript } from '../package-scripts.js';
import type { LaunchedCommand } from '../launched-command.js';
import type { EnvironmentVariable } from '../program.js';
import { developedEntry } from './developed-entry.js';
import type { Entry } from './javascript-program.js';
import { textIn } from './json.js';
import { manifestsOf } from './manifests.js';
import { isFramework, placedFiles } from './placed-files.js';
import type { Sources } from './module-graph.js';
import { specifiersIn } from './specifiers.js';
import { startedFiles } from './started-files.js';
import type { Resolver } from './resolve.js';
import { sourceOf } from './built-files.js';

export interface FoundEntries {
  readonly entries: readonly Entry[];
  /** The last command that starts a file which is not here. */
  readonly missing?: string;
  /** What the lines that start them set. */
  readonly environment: ReadonlyMap<string, EnvironmentVariable>;
}

/** What starts a component: the commands of its deployment, else the script of its manifest that production runs. */
export function commandsOf({ launch, inventory, documents }: Sources): readonly LaunchedCommand[] {
  if (launch.commands.length > 0) return launch.commands;
  const manifest = manifestsOf(inventory).at(launch.directory);
  const script = manifest === undefined ? undefined : productionScript(manifest);
  if (manifest === undefined || script === undefined) return [];
  const start = {
    ...launch,
    image: launch.image,
    location: launch.location,
    workingDirectory: undefined,
    entrypoint: [],
    command: ['npm', 'run', script],
    place: manifest.place('scripts', script),
    places: undefined,
  };
  return launchOf(launch.component, start, inventory, documents).commands.map(({ from = [], ...command }) => ({
    ...command,
    from: from.slice(1),
  }));
}

/** Where a component starts: by its commands, else by its manifest, else by the usual names. */
export function findEntries(sources: Sources, commands: readonly LaunchedCommand[], resolver: Resolver): FoundEntries {
  const { launch, inventory } = sources;
  const entries: Entry[] = [];
  const environment = new Map<string, EnvironmentVariable>();
  const add = (path: string, message: string, location: Location): void => {
    if (!entries.some((one) => one.path === path)) entries.push({ path, evidence: [{ message, location }] });
  };
  const fileAt = (path: string | undefined): string | undefined => {
    if (path === undefined) return undefined;
    const found = resolver.file(path) ?? sourceOf(path, inventory, resolver.tsConfigs, resolver.file);
    return found !== undefined && isSource(found) ? found : undefined;
  };
  const fileOf = (word: string, folder: string): string | undefined => {
    const paths = word.startsWith('/')
      ? [repositoryPath(launch.mounts, word), ...tails(word).map((tail) => joinPath(launch.directory, tail))]
      : [
          joinPath(folder, word),
          joinPath(launch.directory, word),
          ...mounted(launch.mounts, word),
          // Started from the root of the repository: `node apps/api/dist/main.js`.
          ...(isInside(joinPath('', word), launch.directory) ? [joinPath('', word)] : []),
        ];
    for (const path of paths) {
      const found = fileAt(path);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  let told = false;
  let missing: LaunchedCommand | undefined;
  for (const command of commands) {
    const { directory = launch.directory, words, location } = command;
    const { environment: own } = program(words);
    const started = startedFiles(words, directory, sources, resolver);
    if (started === undefined) continue;
    told = true;
    if (started.length > 0) missing = command;
    for (const [key, value] of Object.entries(own)) environment.set(key, { value, location });
    for (const { file, folder, place, variables } of started) {
      const path = fileOf(file, folder ?? directory);
      for (const [key, value] of variables ?? []) environment.set(key, { value, location: place ?? location });
      if (path === undefined) continue;
      add(path, `${file} is started`, place ?? location);
      missing = undefined;
    }
  }
  const placed = frameworkFiles(missing, commands, sources);
  if (placed !== undefined) {
    for (const path of placed.paths) add(path, 'the framework loads it by its place', placed.location);
    if (placed.paths.length > 0) return { entries, environment };
  }
  // A file that is copied to where a build puts all that it loads says nothing itself.
  if (entries.every(({ path }) => loadsWhatIsMade(path, inventory, resolver)))
    missing ??= commands.findLast(({ words }) => entries.length > 0 && words.length > 0);
  if (missing !== undefined) {
    const manifest =
      manifestsOf(inventory).at(missing.directory ?? launch.directory) ?? manifestsOf(inventory).at(launch.directory);
    const developed = manifest === undefined ? undefined : developedEntry(manifest, sources, resolver, fileOf);
    if (developed === undefined || loadsWhatIsMade(developed.path, inventory, resolver))
      return { entries, environment, missing: missing.words.join(' ') };
    add(developed.path, developed.message, developed.location);
    return { entries, environment };
  }
  // What is started otherwise has no file of its own to start at; a command that is not known, perhaps.
  if (entries.length > 0 || told || isOwnServer(commands)) return { entries, environment };
  const manifest = manifestsOf(inventory).at(launch.directory);
  if (manifest === undefined) return { entries, environment };
  const main = textIn(manifest.json, 'main');
  const path = main === undefined ? undefined : fileOf(main, manifest.folder);
  if (path !== undefined) add(path, 'the manifest names it as its main file', manifest.place('main'));
  else {
    const usual = ['', 'src']
      .flatMap((folder) =>
        ['server', 'app', 'index', 'main'].map((stem) => joinPath(joinPath(manifest.folder, folder), stem)),
      )
      .map((stem) =>
        ['.ts', '.js', '.mjs', '.cjs', '.mts'].map((ending) => stem + ending).find((one) => inventory.has(one)),
      )
      .find((one) => one !== undefined);
    if (usual !== undefined) add(usual, 'its name says that it starts', startOf(usual));
  }
  return { entries, environment };
}

/** What a framework loads: one that a command starts, or one whose build is started in place of a file that is here. */
function frameworkFiles(
  missing: LaunchedCommand | undefined,
  commands: readonly LaunchedCommand[],
  { launch, inventory }: Sources,
): { readonly paths: readonly string[]; readonly location: Location } | undefined {
  const command = commands.findLast(({ words }) => isFramework(program(words).name)) ?? missing;
  if (command === undefined) return undefined;
  const manifests = manifestsOf(inventory);
  const manifest = manifests.at(command.directory ?? launch.directory) ?? manifests.at(launch.directory);
  if (manifest === undefined) return undefined;
  const name = command === missing ? undefined : program(command.words).name;
  return { paths: placedFiles(inventory, manifest, name), location: command.location };
}

/** Servers of others that are started in place of a file of the repository. */
function isOwnServer(commands: readonly LaunchedCommand[]): boolean {
  return commands.some(({ words }) => {
    const { name } = program(words);
    return (
      isFramework(name) ||
      /^(?:vite|gatsby|directus|n8n|ng|react-scripts|vue-cli-service|serve|http-server|nginx|ghost|keystone|docusaurus|expo)$/.test(
        name,
      )
    );
  });
}

/** Whether nothing of the repository that a file imports is there. */
function loadsWhatIsMade(path: string, inventory: Sources['inventory'], resolver: Resolver): boolean {
  const own = specifiersIn(inventory.read(path) ?? '').filter((specifier) => specifier.startsWith('.'));
  return own.length > 0 && own.every((specifier) => resolver.resolve(specifier, path) === undefined);
}

/** `/usr/src/app/dist/main.js` without more and more of its first folders. */
function tails(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, at) => parts.slice(at).join('/')).slice(1);
}

/** A relative path, where it stands in a folder that the image copies to where it works. */
function mounted(mounts: Sources['launch']['mounts'], word: string): string[] {
  const [first = '', ...rest] = joinPath('', word).split('/');
  return mounts.flatMap(({ path, containerPath }) =>
    // `COPY dist/api api` and `node api`
    containerPath.replace(/\/+$/, '').endsWith(`/${first}`)
      ? [joinPath(path, rest.join('/')), joinPath(path, word)]
      : [joinPath(path, word)],
  );
}

function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) || !/\.\w+$/.test(path);
}
