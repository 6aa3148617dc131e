import type { Location } from '../../location.js';
import { startOf } from '../../location.js';
import { joinPath } from '../../repository-path.js';
import { memberOf, pairsIn } from './json.js';
import type { Manifest } from './manifests.js';
import type { Sources } from './module-graph.js';
import { startedFiles } from './started-files.js';
import type { Resolver } from './resolve.js';

export interface DevelopedEntry {
  readonly path: string;
  readonly message: string;
  readonly location: Location;
}

/** Scripts that run the program from its sources, by their names; those for a server first. */
const DEVELOPS = /^(?:dev|develop|watch|debug|start|serve|server|api|backend)\b/i;
const SERVES = /server|api|backend/i;
const NOT_SERVER = /client|web|ui\b|front|storybook|docs|css|build|test|lint|type/i;
/** Files that run beside a server. */
const TOOL =
  /(?:^|\/)(?:scripts|test|tests|tools|mocks?|e2e)\/|(?:config|webpack|gulp|rollup|vite|build|seed|migrat)[\w.-]*\.[cm]?[jt]s$/i;
const LISTENS = /\.listen\s*\(|\bcreateServer\s*\(|\bserve\s*\(/;

/**
 * The source of a program whose built file is started, where nothing says what the build writes there: the file that the scripts of
 * its developers run, else the one that is called like a server and listens.
 */
export function developedEntry(
  manifest: Manifest,
  sources: Sources,
  resolver: Resolver,
  fileOf: (word: string, folder: string) => string | undefined,
): DevelopedEntry | undefined {
  const scripts = pairsIn(memberOf(manifest.json, 'scripts'))
    .flatMap(([name, script]): [string, string][] => (typeof script === 'string' ? [[name, script]] : []))
    .filter(([name]) => DEVELOPS.test(name) && !NOT_SERVER.test(name))
    .slice(0, 20);
  const ordered = [...scripts.filter(([name]) => SERVES.test(name)), ...scripts.filter(([name]) => !SERVES.test(name))];
  for (const [name, script] of ordered) {
    for (const words of commandsIn(script.slice(0, 2000))) {
      for (const { file } of startedFiles(words, manifest.folder, sources, resolver) ?? []) {
        const path = TOOL.test(file) ? undefined : fileOf(file, manifest.folder);
        if (path !== undefined && !TOOL.test(path))
          return {
            path,
            message: `the script "${name}" runs it while it is developed`,
            location: manifest.place('scripts', name),
          };
      }
    }
  }
  const { inventory } = sources;
  for (const folder of ['', 'src', 'server']) {
    for (const stem of ['server', 'main', 'index', 'app']) {
      const path = ['.ts', '.js', '.mjs', '.mts']
        .map((ending) => joinPath(joinPath(manifest.folder, folder), stem + ending))
        .find((one) => inventory.has(one));
      if (path !== undefined && LISTENS.test(inventory.read(path) ?? ''))
        return { path, message: 'its name says that it starts, and it listens', location: startOf(path) };
    }
  }
  return undefined;
}

/** Commands of a line, whoever starts them together: `concurrently "vite" "nodemon server/index.ts"`. */
function commandsIn(script: string): string[][] {
  return script
    .split(/&&|\|\||[;&|'"]/)
    .map((part) => part.replaceAll('\\', ' ').split(/\s+/).filter(Boolean))
    .filter((words) => words.length > 1);
}
