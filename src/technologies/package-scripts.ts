import type { Program } from '../link/program.js';
import { isUnknown, type Evidence, type Location } from '../location.js';
import { commandsOf as commandsOfScript } from '../parse/shell/commands-of.js';
import { parseScript } from '../parse/shell/parse-script.js';
import { program as peel } from '../parse/shell/program.js';
import { words as split } from '../parse/shell/words.js';
import { isInside, joinPath } from '../repository-path.js';
import { packageJsonIn, packageJsonNamed, type PackageJson } from './package-json.js';

/** A command that a component runs in the end: through package managers of JavaScript and the scripts of package.json. */
export interface ScriptedCommand {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly location: Location;
  /** How it came to be run, outermost first. */
  readonly evidence: readonly Evidence[];
  /** Folder whose package.json named it, else that of the code. */
  readonly directory: string;
}

/** Scripts that run scripts beyond this are not followed. */
const DEEPEST = 8;

/** In the order in which people name the script that production runs. */
const PRODUCTION = ['start:prod', 'start:production', 'prod', 'production', 'start', 'serve'];

/** What a component runs. Where nothing deploys it, what its package.json says that production starts. */
export function scriptedCommands(program: Program): readonly ScriptedCommand[] {
  return program.memo('package-scripts', () => {
    const { launch } = program;
    const told = launch.commands.flatMap(({ words, location }) =>
      follow(program, words, { location, evidence: [], directory: launch.directory, environment: {} }, 0),
    );
    if (launch.commands.length > 0 || launch.location !== undefined) return told;
    const manifest = packageJsonIn(program, launch.directory);
    const name = PRODUCTION.find((one) => manifest?.scripts.has(one) === true);
    return manifest === undefined || name === undefined
      ? []
      : followScript(program, manifest, name, [], { evidence: [], environment: {} }, 0);
  });
}

type Context = Pick<ScriptedCommand, 'location' | 'evidence' | 'directory' | 'environment'>;

function follow(program: Program, words: readonly string[], context: Context, depth: number): ScriptedCommand[] {
  const peeled = peel(words);
  const { name, args } = peeled;
  const environment = { ...context.environment, ...peeled.environment };
  const here = { ...context, environment };
  const itself = [{ ...here, name, args }];
  if (depth >= DEEPEST) return itself;
  const others = wrapped(name, args);
  if (others !== undefined) return others.flatMap((other) => follow(program, other, here, depth + 1));
  const asked = scriptsAsked(name, args);
  if (asked === undefined) return itself;
  const manifest = manifestFor(program, context.directory, asked);
  if (manifest === undefined) return itself;
  const how = { message: 'it is started here', location: context.location };
  const evidence = [...context.evidence, how];
  const scripts = asked.scripts.filter((script) => manifest.scripts.has(script));
  if (scripts.length > 0)
    return scripts.flatMap((script) =>
      followScript(program, manifest, script, asked.args, { evidence, environment }, depth + 1),
    );
  // `yarn next start` runs a program of a package; `npm start` without a script runs server.js (docs.npmjs.com/cli/commands/npm-start).
  if (asked.orProgram) return follow(program, [...asked.scripts, ...asked.args], here, depth + 1);
  return name === 'npm' && asked.scripts[0] === 'start'
    ? [{ ...here, name: 'node', args: ['server.js'], directory: manifest.directory }]
    : itself;
}

function followScript(
  program: Program,
  manifest: PackageJson,
  name: string,
  args: readonly string[],
  context: Pick<Context, 'evidence' | 'environment'>,
  depth: number,
): ScriptedCommand[] {
  const script = manifest.scripts.get(name);
  if (script === undefined) return [];
  const lookup = (variable: string): string | null | undefined => {
    const own = context.environment[variable];
    if (own !== undefined) return own;
    const set = program.launch.environment.get(variable);
    return set === undefined ? undefined : isUnknown(set.value) ? null : set.value;
  };
  const commands = commandsOfScript(parseScript(script.text), lookup);
  return commands.flatMap(({ words }, index) => {
    const whole = index === commands.length - 1 ? [...words, ...args] : words;
    return follow(program, whole, { ...context, location: script.location, directory: manifest.directory }, depth);
  });
}

interface Asked {
  readonly scripts: readonly string[];
  readonly args: readonly string[];
  /** Folder or name of the package that is meant. */
  readonly folder?: string;
  readonly workspace?: string;
  /** Whether a name that is no script is a program. */
  readonly orProgram: boolean;
}

/** Words of package managers that are no scripts. */
const OTHER =
  /^(?:install|i|ci|add|remove|exec|dlx|x|create|init|cache|config|audit|publish|pack|link|why|set|up|upgrade|build|prune|dedupe|rebuild|workspaces)$/;

/** Options of package managers that take the next word along, and those that name the package that is meant. */
const FOLDER = new Set(['--prefix', '-C', '--dir', '--cwd']);
const WORKSPACE = new Set(['-w', '--workspace', '--filter', '-F', '--scope']);

function scriptsAsked(name: string, args: readonly string[]): Asked | undefined {
  if (name === 'run-s' || name === 'run-p' || name === 'npm-run-all' || name === 'npm-run-all2')
    return { scripts: args.filter((word) => !word.startsWith('-')), args: [], orProgram: false };
  const isRunner = name === 'turbo' || name === 'lerna';
  if (!isRunner && !/^(?:npm|yarn|pnpm|bun|cnpm)$/.test(name)) return undefined;
  let folder: string | undefined;
  let workspace: string | undefined;
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const [option = '', value] = word.startsWith('--') && word.includes('=') ? splitOption(word) : [word];
    if (rest.length > (rest[0] === 'run' || rest[0] === 'run-script' ? 1 : 0) && !isRunner && name !== 'npm') {
      rest.push(word);
    } else if (FOLDER.has(option)) folder = value ?? args[++i];
    else if (WORKSPACE.has(option)) workspace = value ?? args[++i];
    else if (word === '--') {
      rest.push(...args.slice(i + 1));
      break;
    } else if (rest.length > 0 || !word.startsWith('-')) rest.push(word);
  }
  if (name === 'yarn' && rest[0] === 'workspace') [, workspace] = rest.splice(0, 2);
  const isRun = rest[0] === 'run' || rest[0] === 'run-script';
  const [script, ...more] = isRun ? rest.slice(1) : rest;
  const given = {
    args: more,
    ...(folder === undefined ? {} : { folder }),
    ...(workspace === undefined ? {} : { workspace }),
  };
  if (script === undefined) return undefined;
  if (isRun) return { scripts: [script], orProgram: name !== 'npm', ...given };
  if (name === 'npm') return script === 'start' ? { scripts: [script], orProgram: false, ...given } : undefined;
  // `bun server.ts` runs a file.
  if (OTHER.test(script) || isRunner || (name === 'bun' && /[./]/.test(script))) return undefined;
  return { scripts: [script], orProgram: true, ...given };
}

function splitOption(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function manifestFor(program: Program, directory: string, asked: Asked): PackageJson | undefined {
  if (asked.workspace !== undefined) return packageJsonNamed(program, asked.workspace);
  if (asked.folder !== undefined) {
    const inside = packageJsonIn(program, joinPath(directory, asked.folder));
    if (inside !== undefined) return inside;
    const last = asked.folder.replace(/^.*\//, '');
    return last === '' ? undefined : packageJsonIn(program, joinPath(directory, last));
  }
  return (
    packageJsonIn(program, directory) ??
    // An image often copies one folder of its context to where it works.
    program.launch.mounts
      .filter(({ path }) => isInside(path, directory))
      .map(({ path }) => packageJsonIn(program, path.replace(/\/?package\.json$/, '')))
      .find((one) => one !== undefined)
  );
}

/** Commands that a program starts which only starts others, and which the shell does not know. */
function wrapped(name: string, args: readonly string[]): (readonly string[])[] | undefined {
  const separator = args.indexOf('--');
  switch (name) {
    case 'dotenv':
    case 'dotenvx':
      return separator >= 0 ? [args.slice(separator + 1)] : after(args, ['-e', '-f', '-c', '-v', '--env-file'], 'run');
    case 'env-cmd':
      return separator >= 0
        ? [args.slice(separator + 1)]
        : after(args, ['-f', '-e', '--file', '--environments', '-r'], '');
    case 'concurrently':
      return args
        .filter((word, i) => word.includes(' ') && !/^(?:-n|-c|--names|--prefix-colors)$/.test(args[i - 1] ?? ''))
        .map(split);
    default:
      return undefined;
  }
}

/** What follows options of which some take a value, and a word of their own. */
function after(args: readonly string[], valued: readonly string[], verb: string): (readonly string[])[] | undefined {
  let at = 0;
  while (args[at]?.startsWith('-') === true) at += valued.includes(args[at] ?? '') ? 2 : 1;
  if (args[at] === verb) at++;
  while (args[at]?.startsWith('-') === true) at += valued.includes(args[at] ?? '') ? 2 : 1;
  const rest = args.slice(at);
  return rest.length === 0 ? undefined : [rest];
}
