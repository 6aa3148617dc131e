import { posix } from 'node:path';
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
import {
  fileIn,
  frameworkFiles,
  isSource,
  isWrittenByScript,
  IS_FRAMEWORKS,
  startedFrameworkFiles,
  tails,
} from './framework-files.js';
import { isFramework } from './placed-files.js';
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
          // What is copied to where the container works: `COPY dist/apps/api .`
          ...(folder === launch.directory && launch.workingDirectory !== undefined
            ? [repositoryPath(launch.mounts, posix.join('/', launch.workingDirectory, word))]
            : []),
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
  let made = '';
  const unfound: { readonly command: LaunchedCommand; readonly made: string }[] = [];
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
      if (path === undefined) {
        made = fileIn(file, folder ?? directory, launch.mounts);
        unfound.push({ command, made });
        continue;
      }
      add(path, `${file} is started`, place ?? location);
      missing = undefined;
    }
  }
  // What prepares the data before a server starts is no part of it.
  const lasting = entries.filter(({ path }) => !ONCE.test(path));
  if (lasting.length > 0) entries.splice(0, entries.length, ...lasting);
  // Beside what is found, the build of a framework may be started: two servers in one image.
  for (const one of missing === undefined ? unfound : [])
    if (IS_FRAMEWORKS.test(one.made))
      for (const path of frameworkFiles(one.command, one.made, [], sources)?.paths ?? [])
        add(path, 'the framework loads it by its place', one.command.location);
  // A file that is copied to where a build puts all that it loads says nothing itself.
  const isCopied = entries.length > 0 && entries.every(({ path }) => loadsWhatIsMade(path, inventory, resolver));
  if (isCopied) missing ??= commands.findLast(({ words }) => words.length > 0);
  const addDeveloped = (): boolean => {
    const manifests = [made, missing?.directory ?? launch.directory, launch.directory];
    for (const folder of missing === undefined ? [] : manifests) {
      const manifest = manifestsOf(inventory).above(folder);
      const developed = manifest === undefined ? undefined : developedEntry(manifest, sources, resolver, fileOf);
      if (developed === undefined || loadsWhatIsMade(developed.path, inventory, resolver)) continue;
      add(developed.path, developed.message, developed.location);
      return true;
    }
    return false;
  };
  const addPlaced = (): void => {
    for (const { from, path } of startedFrameworkFiles(entries, inventory, resolver))
      add(path, 'the framework that is started here loads it by its place', startOf(from));
  };
  const home = manifestsOf(inventory).above(missing?.directory ?? launch.directory);
  const isFrameworks = IS_FRAMEWORKS.test(made) && !(home !== undefined && isWrittenByScript(home, made));
  const isDeveloped = missing !== undefined && !isFrameworks && !isCopied && addDeveloped();
  const placed = isDeveloped ? undefined : frameworkFiles(missing, made, commands, sources);
  for (const path of placed?.paths ?? [])
    add(path, 'the framework loads it by its place', placed?.location ?? startOf(path));
  if (placed !== undefined && placed.paths.length > 0) return { entries, environment };
  if (missing !== undefined) {
    if (!isDeveloped && !addDeveloped()) return { entries, environment, missing: missing.words.join(' ') };
    addPlaced();
    return { entries, environment };
  }
  addPlaced();
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

/** Files that do something before a server starts, and end. */
const ONCE =
  /(?:^|[/._-])(?:migrat\w*|seed\w*|setup|install|generate|wait|check|db-ready|build|deploy|init-?db)(?:[._-][\w-]*)?\.[cm]?[jt]s$/i;

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
