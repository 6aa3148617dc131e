import type { EnvironmentVariable } from '../program.js';
import { startOf, type Location } from '../../location.js';
import { program } from '../../parse/shell/program.js';
import { joinPath } from '../../repository-path.js';
import { repositoryPath } from '../mount.js';
import type { Entry } from './javascript-program.js';
import { textIn } from './json.js';
import { manifestsOf } from './manifests.js';
import type { Sources } from './module-graph.js';
import { scriptOfCommand } from './node-command.js';
import type { Resolver } from './resolve.js';
import { sourceOf } from './built-files.js';

export interface FoundEntries {
  readonly entries: readonly Entry[];
  /** What the lines that start them set. */
  readonly environment: ReadonlyMap<string, EnvironmentVariable>;
}

/** Where a component starts: by its commands, else by its manifest, else by the usual names. */
export function findEntries(sources: Sources, resolver: Resolver): FoundEntries {
  const { launch, inventory } = sources;
  const entries: Entry[] = [];
  const environment = new Map<string, EnvironmentVariable>();
  const add = (path: string, message: string, location: Location): void => {
    if (!entries.some((one) => one.path === path)) entries.push({ path, evidence: [{ message, location }] });
  };
  const fileOf = (word: string, folder: string): string | undefined => {
    const mapped = word.startsWith('/') ? repositoryPath(launch.mounts, word) : undefined;
    const inside = word.startsWith('/')
      ? [mapped, ...tails(word).map((tail) => joinPath(launch.directory, tail))]
      : [joinPath(folder, word), joinPath(launch.directory, word)];
    for (const path of inside) {
      if (path === undefined) continue;
      const found = resolver.file(path) ?? sourceOf(path, inventory, resolver.tsConfigs, resolver.file);
      if (found !== undefined && isSource(found)) return found;
    }
    return undefined;
  };
  for (const command of launch.commands) {
    const { name, args, environment: own } = program(command.words);
    const started = scriptOfCommand({ name, args, folder: launch.directory });
    if (started.length === 0) continue;
    for (const [key, value] of Object.entries(own)) environment.set(key, { value, location: command.location });
    for (const { file, why, variables } of started) {
      const path = fileOf(file, launch.directory);
      for (const [key, value] of Object.entries(variables ?? {}))
        environment.set(key, { value, location: command.location });
      if (path !== undefined) add(path, why ?? `${command.words.join(' ')} starts it`, command.location);
    }
  }
  if (entries.length > 0 || isTold(sources)) return { entries, environment };
  const manifest = manifestsOf(inventory).at(launch.directory);
  const main = textIn(manifest?.json, 'main');
  const path = main === undefined || manifest === undefined ? undefined : fileOf(main, manifest.folder);
  if (path !== undefined && manifest !== undefined)
    add(path, 'the manifest names it as its main file', manifest.place('main'));
  else if (manifest !== undefined)
    for (const folder of ['', 'src'])
      for (const stem of ['server', 'app', 'index', 'main']) {
        const usual = resolver.file(joinPath(joinPath(manifest.folder, folder), stem));
        if (
          entries.length === 0 &&
          usual !== undefined &&
          isSource(usual) &&
          /\/?(?:server|app|index|main)\.[cm]?[jt]s$/.test(usual)
        )
          add(usual, 'its name says that it starts', startOf(usual));
      }
  return { entries, environment };
}

/** Whether the commands say what runs, and it is no file of the repository. */
function isTold({ launch }: Sources): boolean {
  return launch.commands.length > 0;
}

/** `/usr/src/app/dist/main.js` without more and more of its first folders. */
function tails(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, at) => parts.slice(at).join('/')).slice(1);
}

function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) || !/\.\w+$/.test(path);
}
