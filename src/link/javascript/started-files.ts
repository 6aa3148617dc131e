import type { Location } from '../../location.js';
import { program } from '../../parse/shell/program.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { textIn } from './json.js';
import { manifestsOf } from './manifests.js';
import type { Sources } from './module-graph.js';
import { appsOf } from './process-files.js';
import type { Resolver } from './resolve.js';
import { readJson } from './json.js';

/** A file that a command starts, as it is written there. */
export interface StartedFile {
  readonly file: string;
  /** The folder that it is relative to, where not the one of the command. */
  readonly folder?: string;
  /** Where it is written, where not in the command. */
  readonly place?: Location;
  readonly variables?: readonly (readonly [string, string])[];
}

/** Flags of node and of runners like it that take the next word along (https://nodejs.org/api/cli.html). */
const VALUED = new Set(
  (
    '-r --require --import --loader --experimental-loader -C --conditions --title --tsconfig -P --project -O --compiler-options ' +
    '--ignore --ignore-watch --cwd --watch-path -x --exec -e --ext --config -c --preload --log --dir --delay -d --env -i --instances -n --name ' +
    '-o --output --error -l --max-memory-restart --node-args --exec-mode --interpreter --user --port -I -D -A'
  ).split(' '),
);

/** Programs whose first word that is no flag is the file that they run. */
const RUNTIMES =
  /^(?:node|nodejs|node\d+|iojs|bun|deno|tsx|ts-node|ts-node-esm|ts-node-script|ts-node-dev|tsnd|babel-node|babel-watch|esr|esno|jiti|swc-node|node-dev|nodemon|vite-node|forever|node-supervisor|supervisor|sucrase-node|coffee|tsm|c8|nyc|0x|clinic|doctor)$/;

/** The files that a command starts; undefined where it is no command that starts any. */
export function startedFiles(
  words: readonly string[],
  directory: string,
  sources: Sources,
  resolver: Resolver,
): readonly StartedFile[] | undefined {
  const { name, args } = program(words);
  if (/^pm2(?:-runtime|-docker|-dev)?$/.test(name)) return ofProcessManager(name, args, directory, sources);
  if (name === 'nest' && args[0] === 'start') return ofNest(args.slice(1), directory, sources);
  if (name === 'fastify' && args[0] === 'start') return ofRuntime('node', args.slice(1));
  if (RUNTIMES.test(name)) return ofRuntime(name, args);
  const path = words.find((word) => word === name || word.endsWith(`/${name}`)) ?? name;
  if (/\.[cm]?[jt]s$/.test(name)) return [{ file: path }];
  return ofBin(name, path, directory, sources, resolver);
}

function ofRuntime(name: string, args: readonly string[]): readonly StartedFile[] | undefined {
  let at = /^(?:bun|deno|forever)$/.test(name) && /^(?:run|serve|start)$/.test(args[0] ?? '') ? 1 : 0;
  if (/^(?:tsx|bun)$/.test(name) && args[at] === 'watch') at++;
  const variables: (readonly [string, string])[] = [];
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    if (
      /^(?:-e|--eval|-p|--print|-pe|-v|--version|-i|--interactive)$/.test(word) &&
      /^(?:node|bun|deno|nodejs)$/.test(name)
    )
      return [];
    if (word === '--exec' || word === '-x') {
      // `nodemon --exec ts-node src/x.ts`, `nodemon --exec "node x"`
      const inner = (args[at + 1] ?? '').split(' ').filter(Boolean);
      const [runner = '', ...more] = inner;
      return RUNTIMES.test(runner) ? ofRuntime(runner, [...more, ...args.slice(at + 2)]) : [];
    }
    if (word.startsWith('-') && word !== '-') {
      if (VALUED.has(word) && args[at + 1]?.startsWith('-') === false) at++;
      continue;
    }
    break;
  }
  const file = args[at];
  return file === undefined ? undefined : [{ file, variables }];
}

function ofProcessManager(
  name: string,
  args: readonly string[],
  directory: string,
  sources: Sources,
): readonly StartedFile[] | undefined {
  const own = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined);
  const plain = own.filter((word, i) => !word.startsWith('-') && !VALUED.has(own[i - 1] ?? ''));
  const isVerb = /^(?:start|startOrRestart|startOrReload|startOrGracefulReload|reload|restart)$/.test(plain[0] ?? '');
  if (name === 'pm2' && !isVerb) return undefined;
  const [file] = isVerb ? plain.slice(1) : plain;
  if (file === undefined) return undefined;
  if (!/\.(?:json5?|ya?ml)$|(?:config|ecosystem|process|pm2)[\w.-]*\.[cm]?js$/i.test(file))
    return /^(?:npm|yarn|pnpm)$/.test(file) ? [] : [{ file }];
  const flag = own.findIndex((word) => word === '--env');
  const only = own.findIndex((word) => word === '--only');
  const path = [joinPath(directory, file), joinPath(sources.launch.directory, file)].find((one) =>
    sources.inventory.has(one),
  );
  const apps = path === undefined ? [] : appsOf(path, sources);
  return apps
    .filter((app) => only < 0 || own[only + 1]?.split(',').includes(app.name) === true)
    .map((app) => ({
      file: app.script,
      folder: joinPath(folderOf(path ?? ''), app.cwd ?? ''),
      place: app.location,
      variables: [...app.environment(undefined), ...(flag < 0 ? [] : app.environment(own[flag + 1]))],
    }));
}

/** https://docs.nestjs.com/cli/monorepo#cli-properties */
function ofNest(args: readonly string[], directory: string, { inventory }: Sources): readonly StartedFile[] {
  const text = inventory.read(joinPath(directory, 'nest-cli.json'));
  const json = text === undefined ? undefined : readJson(text);
  const flag = args.indexOf('--entryFile');
  const project = args.find((word, i) => !word.startsWith('-') && args[i - 1] !== '--entryFile');
  const under = (key: string): string | undefined =>
    (project === undefined ? undefined : textIn(json, 'projects', project, key)) ?? textIn(json, key);
  const source = under('sourceRoot') ?? 'src';
  const file = flag >= 0 ? (args[flag + 1] ?? 'main') : (under('entryFile') ?? 'main');
  return [
    { file: `${source}/${file.replace(/^.*dist\//, '')}` },
    { file: `${source}/${file.replace(/^.*\//, '')}` },
  ].slice(0, 2);
}

/** A program that a package of the repository installs: `bin` of its package.json. */
function ofBin(
  name: string,
  path: string,
  directory: string,
  { inventory, launch }: Sources,
  resolver: Resolver,
): readonly StartedFile[] | undefined {
  const manifests = manifestsOf(inventory);
  for (const manifest of [manifests.at(directory), manifests.at(launch.directory), ...manifests.all]) {
    if (manifest === undefined) continue;
    const file =
      textIn(manifest.json, 'bin', name) ??
      (manifest.name?.replace(/^.*\//, '') === name ? textIn(manifest.json, 'bin') : undefined);
    if (file !== undefined) return [{ file, folder: manifest.folder, place: manifest.place('bin') }];
  }
  // A script that says itself that node runs it.
  const found = path.includes('/') ? resolver.file(joinPath(directory, path)) : undefined;
  return found !== undefined &&
    /^#!.*\b(?:node|bun|deno|tsx|ts-node)\b/.test((inventory.read(found) ?? '').slice(0, 80))
    ? [{ file: path }]
    : undefined;
}
