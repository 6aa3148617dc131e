import type { Inventory } from '../discover/inventory.js';
import type { Location } from '../location.js';
import { commandsOf } from '../parse/shell/commands-of.js';
import { parseScript } from '../parse/shell/parse-script.js';
import type { Lookup } from '../parse/shell/parameter.js';
import { program as peel } from '../parse/shell/program.js';
import { words as split } from '../parse/shell/words.js';
import { folderOf, isInside, joinPath } from '../repository-path.js';
import { memberOf, pairsIn } from './javascript/json.js';
import { manifestsOf, scriptOf, type Manifest } from './javascript/manifests.js';
import type { Mount } from './mount.js';

/** A command that another one stands for. */
export interface Inner {
  /** Assignments included, those of the line that asked for it first. */
  readonly words: readonly string[];
  /** The folder that it runs in, relative to the root. */
  readonly directory: string;
  /** The script of package.json that holds it; absent where the same line does. */
  readonly script?: { readonly name: string; readonly location: Location };
}

export interface ScriptSources {
  readonly inventory: Inventory;
  readonly lookup: Lookup;
  readonly mounts: readonly Mount[];
}

/**
 * What a command runs that is a package manager of JavaScript, or starts others as these do: `npm start` is what
 * package.json says under `scripts`. Undefined where it is none of these, or what it names is not here.
 */
export function innerCommands(
  words: readonly string[],
  directory: string,
  sources: ScriptSources,
): readonly Inner[] | undefined {
  const { name, args, environment } = peel(words);
  const before = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
  const others = wrapped(name, args);
  if (others !== undefined) return others.flatMap((other) => shellCommands([...before, ...other], directory));
  const asked = scriptsAsked(name, args);
  if (asked === undefined) return undefined;
  const manifest = manifestFor(directory, asked, sources);
  if (manifest === undefined) return undefined;
  const scripts = asked.scripts.flatMap((one) => matching(manifest, one));
  if (scripts.length > 0)
    return scripts.flatMap((script) => ofScript(manifest, script, before, asked, sources, /^(?:npm|yarn)$/.test(name)));
  // `yarn next start` runs a program of a package; `npm start` without a script runs server.js (docs.npmjs.com/cli/commands/npm-start).
  if (asked.orProgram) return [{ words: [...before, ...asked.scripts, ...asked.args], directory }];
  return name === 'npm' && asked.scripts[0] === 'start'
    ? [{ words: [...before, 'node', 'server.js'], directory: manifest.folder }]
    : undefined;
}

/** The name of the script that production runs, by the names that people give it. */
export function productionScript(manifest: Manifest): string | undefined {
  return ['start:prod', 'start:production', 'prod', 'production', 'start', 'serve'].find(
    (one) => scriptOf(manifest, one) !== undefined,
  );
}

/** The commands of one script, with what is to run before it. */
export function ofScript(
  manifest: Manifest,
  name: string,
  before: readonly string[],
  asked: { readonly args: readonly string[] },
  { lookup }: Pick<ScriptSources, 'lookup'>,
  withPre: boolean,
): Inner[] {
  const own = new Map(before.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
  const found: Inner[] = [];
  for (const one of withPre && !name.startsWith('pre') ? [`pre${name}`, name] : [name]) {
    const text = scriptOf(manifest, one);
    if (text === undefined) continue;
    const script = { name: one, location: manifest.place('scripts', one) };
    const commands = commandsOf(parseScript(text), (variable) => own.get(variable) ?? lookup(variable));
    for (const [i, { words, folder }] of commands.entries()) {
      if (words[0] === 'cd') continue;
      // `start` is another script by the system that it runs on: https://www.npmjs.com/package/run-script-os
      const forSystem =
        words[0] === 'run-script-os'
          ? SYSTEMS.find((system) => scriptOf(manifest, one + system) !== undefined)
          : undefined;
      if (forSystem !== undefined) {
        found.push(...ofScript(manifest, one + forSystem, before, asked, { lookup }, false));
        continue;
      }
      const directory =
        folder === undefined || folder.startsWith('/') ? manifest.folder : joinPath(manifest.folder, folder);
      const whole = one === name && i === commands.length - 1 ? [...words, ...asked.args] : words;
      found.push({ words: [...before, ...whole], directory, script });
    }
  }
  return found;
}

const SYSTEMS = [':linux', ':nix', ':default', ':darwin:linux', ':linux:darwin'];

function shellCommands(words: readonly string[], directory: string): Inner[] {
  return words.length === 0 ? [] : [{ words, directory }];
}

/** `build:*` and the like, as npm-run-all understands them. */
function matching(manifest: Manifest, name: string): string[] {
  if (!name.includes('*')) return scriptOf(manifest, name) === undefined ? [] : [name];
  const start = name.slice(0, name.indexOf('*'));
  return pairsIn(memberOf(manifest.json, 'scripts'))
    .map(([key]) => key)
    .filter((key) => key.startsWith(start) && scriptOf(manifest, key) !== undefined);
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
  /^(?:install|i|ci|add|remove|exec|dlx|x|create|init|cache|config|audit|publish|pack|link|why|set|up|upgrade|build|prune|dedupe|rebuild|workspaces|deploy)$/;

/** Options of package managers that take the next word along, and those that name the package that is meant. */
const FOLDER = new Set(['--prefix', '-C', '--dir', '--cwd']);
const WORKSPACE = new Set(['-w', '--workspace', '--filter', '-F', '--scope']);

function scriptsAsked(name: string, args: readonly string[]): Asked | undefined {
  if (name === 'run-s' || name === 'run-p' || name === 'npm-run-all' || name === 'npm-run-all2')
    return { scripts: args.filter((word) => !word.startsWith('-')), args: [], orProgram: false };
  if (name === 'node' && args[0] === '--run' && args[1] !== undefined)
    return { scripts: [args[1]], args: args.slice(2), orProgram: false };
  const isRunner = name === 'turbo' || name === 'lerna';
  if (!isRunner && !/^(?:npm|yarn|yarnpkg|pnpm|bun|cnpm)$/.test(name)) return undefined;
  let folder: string | undefined;
  let workspace: string | undefined;
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const [option = '', value] = word.startsWith('--') && word.includes('=') ? splitOption(word) : [word];
    if (rest.length > (rest[0] === 'run' || rest[0] === 'run-script' ? 1 : 0) && !isRunner && name !== 'npm') {
      rest.push(word);
    } else if (FOLDER.has(option)) folder = value ?? args[++i];
    // pnpm's `-w` is the root of the workspace, and takes nothing along.
    else if (option === '-w' && name === 'pnpm') folder = '';
    else if (WORKSPACE.has(option)) workspace = value ?? args[++i];
    else if (word === '--') {
      rest.push(...args.slice(i + 1));
      break;
    } else if (rest.length > 0 || !word.startsWith('-')) rest.push(word);
  }
  if (name.startsWith('yarn') && rest[0] === 'workspace') [, workspace] = rest.splice(0, 2);
  const isRun = rest[0] === 'run' || rest[0] === 'run-script';
  const [script, ...more] = isRun ? rest.slice(1) : rest;
  const given = {
    args: more,
    ...(folder === undefined ? {} : { folder }),
    ...(workspace === undefined ? {} : { workspace }),
  };
  if (script === undefined) return undefined;
  // `bun run server.ts` runs a file.
  if (name === 'bun' && /[./]/.test(script)) return undefined;
  // What turbo runs in all packages at once is not one program.
  if (isRun)
    return isRunner && workspace === undefined
      ? undefined
      : { scripts: [script], orProgram: name !== 'npm' && !isRunner, ...given };
  if (name === 'npm') return script === 'start' ? { scripts: [script], orProgram: false, ...given } : undefined;
  if (OTHER.test(script) || isRunner) return undefined;
  return { scripts: [script], orProgram: true, ...given };
}

function splitOption(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function manifestFor(directory: string, asked: Asked, { inventory, mounts }: ScriptSources): Manifest | undefined {
  const manifests = manifestsOf(inventory);
  if (asked.workspace !== undefined) {
    // `./apps/a`, `a...`, `{apps/a}`, `@scope/a`
    const name = asked.workspace.replace(/^\{?(?:\.\/)?|\.{3}$|\}?\/?$/g, '');
    return (
      manifests.named(name) ??
      manifests.at(joinPath(directory, name)) ??
      manifests.at(name) ??
      manifests.all.find((one) => one.folder === name || one.folder.endsWith(`/${name}`))
    );
  }
  if (asked.folder !== undefined) {
    const inside = manifests.at(joinPath(directory, asked.folder));
    if (inside !== undefined) return inside;
    const last = asked.folder.replace(/^.*\//, '');
    return last === '' ? manifests.above(directory) : manifests.at(last);
  }
  return (
    manifests.at(directory) ??
    // An image often copies one folder of its context to where it works.
    mounts
      .filter(({ path }) => isInside(path, directory))
      .map(
        ({ path }) => manifests.at(path) ?? (path.endsWith('package.json') ? manifests.at(folderOf(path)) : undefined),
      )
      .find((one) => one !== undefined) ??
    // Package managers look for the package that a folder stands in.
    manifests.above(directory)
  );
}

/** Commands that a program starts which only starts others, and which the shell does not know. */
function wrapped(name: string, args: readonly string[]): (readonly string[])[] | undefined {
  const separator = args.indexOf('--');
  switch (name) {
    case 'dotenv':
    case 'dotenvx':
    case 'dotenv-flow':
      return separator >= 0 ? [args.slice(separator + 1)] : after(args, ['-e', '-f', '-c', '-v', '--env-file'], 'run');
    case 'env-cmd':
      return separator >= 0
        ? [args.slice(separator + 1)]
        : after(args, ['-f', '-e', '--file', '--environments', '-r'], '');
    case 'cross-env-shell':
    case 'corepack':
    case 'bunx':
      return after(args, [], '');
    case 'npm':
    case 'pnpm':
    case 'yarn': {
      // `npm exec -- x`, `pnpm exec x`, `yarn node x`
      const [first, ...rest] = args;
      if (name === 'yarn' && first === 'node') return [['node', ...rest]];
      if (first !== 'exec' && first !== 'dlx') return undefined;
      return after(separator >= 0 ? args.slice(separator + 1) : rest, [], '');
    }
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
  const skip = (): void => {
    while (args[at]?.startsWith('-') === true) at += valued.includes(args[at] ?? '') ? 2 : 1;
  };
  skip();
  if (args[at] === verb) at++;
  skip();
  const rest = args.slice(at);
  return rest.length === 0 ? undefined : [rest];
}
