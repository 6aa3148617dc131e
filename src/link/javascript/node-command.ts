/** A program as it is called, wrappers taken away. */
export interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly folder: string;
}

/** A file that a command starts, as it is written there. */
export interface StartedFile {
  readonly file: string;
  readonly why?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Flags of node and of runners like it that take the next word along (https://nodejs.org/api/cli.html). */
const VALUED = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '--env-file-if-exists',
  '-C',
  '--conditions',
  '--title',
  '--tsconfig',
  '-P',
  '--project',
  '-O',
  '--compiler-options',
  '--ignore',
  '--cwd',
  '--watch-path',
  '--exec',
  '-w',
  '--watch',
  '-x',
  '-e',
  '--ext',
  '--config',
  '-c',
  '--preload',
  '--log',
  '--script-mode',
  '--dir',
]);

const RUNNERS =
  /^(?:node|nodejs|node\d+|bun|deno|tsx|ts-node|ts-node-esm|ts-node-script|ts-node-dev|tsnd|babel-node|esr|esno|jiti|swc-node|node-dev|nodemon|vite-node|electron|forever|coffee|esbuild-runner|pnode|sucrase-node)$/;

/** The files that a command starts. */
export function scriptOfCommand(command: Command): StartedFile[] {
  const { name, args } = command;
  if (!RUNNERS.test(name)) return /\.[cm]?[jt]s$/.test(name) ? [{ file: name }] : [];
  let at = name === 'bun' || name === 'deno' || name === 'forever' ? verbs(args) : 0;
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '-e' || word === '--eval' || word === '-p' || word === '--print') return [];
    if (word === '--') continue;
    if (!word.startsWith('-')) break;
    if (VALUED.has(word) && !(word === '--watch' || word === '-w')) at++;
  }
  const file = args[at];
  return file === undefined ? [] : [{ file }];
}

/** `bun run x.ts`, `deno run -A x.ts`, `forever start x.js`. */
function verbs(args: readonly string[]): number {
  return /^(?:run|serve|start|watch)$/.test(args[0] ?? '') ? 1 : 0;
}
