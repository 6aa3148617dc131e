import { posix } from 'node:path';
import type { Inventory } from '../discover/inventory.js';
import { isUnknown, startOf, type Location } from '../location.js';
import { locate, type Document, type Documents } from '../parse/document.js';
import { commandsOf, commandsOfWords, type Command } from '../parse/shell/commands-of.js';
import type { Lookup } from '../parse/shell/parameter.js';
import { isFirstProcess, program } from '../parse/shell/program.js';
import type { Script } from '../parse/shell/script.js';
import { joinPath } from '../repository-path.js';
import { repositoryPath } from './mount.js';
import { innerCommands, type Inner } from './package-scripts.js';
import type { LaunchedCommand } from './launched-command.js';
import { attachedPrograms } from './attached-programs.js';
import { keptServices } from './kept-services.js';
import { supervisedPrograms } from './supervised-programs.js';
import type { Launch } from './program.js';

/** How the deployment starts a component, before its entry scripts were read. */
export interface Start extends Omit<Launch, 'component' | 'commands' | 'image' | 'location'> {
  readonly image: string | undefined;
  readonly location: Location | undefined;
  readonly workingDirectory: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** Where the command is written. */
  readonly place: Location | undefined;
  /** Where that part of it is written which an entry point is given. */
  readonly commandPlace?: Location | undefined;
  /** Of each word of entry point and command, where that is known of all. */
  readonly places: readonly Location[] | undefined;
}

/** Scripts that start scripts beyond this are not followed. */
const DEEPEST_SCRIPT = 8;

/** Follows the command of a component through shells and entry scripts of the repository to what it runs in the end. */
export function launchOf(component: string, start: Start, inventory: Inventory, documents: Documents): Launch {
  const {
    directory,
    environment,
    openEnvironment,
    openFiles,
    mounts,
    entrypoint,
    command,
    place,
    commandPlace,
    places,
    image,
    base,
    location,
    stopSignal,
    guarded: init,
  } = start;
  // An image often works in a folder below the one that it was built from.
  const working = start.workingDirectory === undefined ? undefined : repositoryPath(mounts, start.workingDirectory);
  const home = working !== undefined && inventory.has(joinPath(working, 'package.json')) ? working : directory;
  const lookup: Lookup = (name) => {
    const variable = start.environment.get(name);
    return variable === undefined ? undefined : isUnknown(variable.value) ? null : variable.value;
  };

  function follow(words: readonly string[], at: Place, depth: number): LaunchedCommand[] {
    return commandsOfWords(words, lookup).flatMap((one) => followOne(one.words, within(one, at), depth));
  }

  /** Where a script led by `cd` before it came to a command. */
  function within({ folder }: Command, at: Place): Place {
    if (folder === undefined) return at;
    const path = folder.startsWith('/') ? repositoryPath(mounts, folder) : joinPath(at.directory ?? home, folder);
    return path === undefined ? at : path === directory ? withoutDirectory(at) : { ...at, directory: path };
  }

  function followOne(words: readonly string[], at: Place, depth: number): LaunchedCommand[] {
    if (/^(?:cd|pushd|popd)$/.test(words[0] ?? '')) return [];
    const itself = { words, ...at };
    if (depth >= DEEPEST_SCRIPT) return [itself];
    const inner = innerCommands(words, at.directory ?? home, { inventory, lookup, mounts });
    if (inner !== undefined) return inner.flatMap((one) => follow(one.words, inside(one, at), depth + 1));
    const supervised = supervisedPrograms(words, {
      inventory,
      documents,
      mounts,
      lookup,
      directory: at.directory ?? home,
    });
    const beside = (all: readonly LaunchedCommand[]): LaunchedCommand[] =>
      all.map((one) => ({ ...one, beside: true as const }));
    if (supervised !== undefined)
      return beside(supervised.flatMap((one) => follow(one.words, { ...at, location: one.location }, depth + 1)));
    const attached = attachedPrograms(words, { documents, mounts, directory: at.directory ?? home });
    if (attached.length > 0)
      return beside([
        itself,
        ...attached.flatMap((one) => follow(one.words, { ...at, location: one.location }, depth + 1)),
      ]);
    const kept = keptServices(words, { inventory, mounts });
    if (kept !== undefined) return beside(kept.flatMap((script) => follow([script], at, depth + 1)));
    const call = scriptCall(words);
    if (call === undefined) return [itself];
    const path = scriptPath(call.script, at.directory, start, inventory);
    // A script that is not here most often ends in `exec "$@"`.
    if (path === undefined)
      return [
        itself,
        ...(/[./]/.test(call.script) && call.positional.length > 0 ? follow(call.positional, at, depth + 1) : []),
      ];
    const document = documents.get<Script>(path, 'shell');
    if (document === undefined) return [itself];
    return commandsOf(document.tree, lookup, call.positional).flatMap((one) => {
      const passedOn = isPassedOn(one.words, call.positional);
      const there = within(one, at);
      const here = waitsFor(document, one) ? { ...there, waitedFor: at.waitedFor ?? locate(document, one) } : there;
      return follow(one.words, passedOn ? here : { ...here, location: locate(document, one) }, depth + 1);
    });
  }

  function inside({ directory: folder, script }: Inner, at: Place): Place {
    const place = folder === directory ? withoutDirectory(at) : { ...at, directory: folder };
    if (script === undefined) return place;
    const how = { message: 'it is started here', location: at.location };
    return { ...place, location: script.location, from: [...(at.from ?? []), how] };
  }

  const words = [...entrypoint, ...command];
  const placed = (one: LaunchedCommand): LaunchedCommand => {
    // What was not taken apart is the end of what is written.
    const from = words.length - one.words.length;
    const whole = places !== undefined && from >= 0 && one.words.every((word, i) => word === words[from + i]);
    const given = commandPlace !== undefined && one.location === place && isPassedOn(one.words, command);
    return {
      ...one,
      ...(given ? { location: commandPlace } : {}),
      ...(whole ? { places: places.slice(from) } : {}),
    };
  };
  const followed = words.length === 0 ? [] : follow(words, { location: place ?? startOf(start.directory) }, 0);
  // A process that is there for that hands signals on to all that it started, or to whom it is told to.
  const guarded =
    init === true || [words, ...followed.map((one) => one.words)].flat().some((word) => isFirstProcess(word));
  const commands = (guarded ? followed.map(withoutWaiting) : followed).map(placed);
  return {
    component,
    directory,
    commands,
    environment,
    mounts,
    ...(openEnvironment === undefined ? {} : { openEnvironment }),
    ...(openFiles === undefined ? {} : { openFiles }),
    ...(image === undefined ? {} : { image }),
    ...(start.memory === undefined ? {} : { memory: start.memory }),
    ...(base === undefined ? {} : { base }),
    ...(start.workingDirectory === undefined ? {} : { workingDirectory: start.workingDirectory }),
    ...(location === undefined ? {} : { location }),
    ...(stopSignal === undefined ? {} : { stopSignal }),
    ...(init === undefined ? {} : { guarded: init }),
  };
}

/** Whether a script runs what it was given and nothing of its own: `exec "$@"`, `exec gosu app "$@"`. */
function isPassedOn(words: readonly string[], given: readonly string[]): boolean {
  const [inner, outer] = [program(words), program(given)];
  return outer.name !== '' && [inner.name, ...inner.args].join(' ') === [outer.name, ...outer.args].join(' ');
}

function withoutWaiting({ waitedFor, ...command }: LaunchedCommand): LaunchedCommand {
  return waitedFor === undefined ? command : { ...command };
}

/**
 * Whether the shell of a script stays until a command of it ends. Only `exec` puts the command in place of a shell that
 * reads a file; a script with a `trap` may do anything.
 */
function waitsFor({ text }: Document, { start, background }: Command): boolean {
  const line = text.slice(start, start + 500);
  return !background && !/^\s*(?:[A-Za-z_]\w*=\S*\s+){0,20}exec\b/.test(line) && !/^[ \t]*trap[ \t]/m.test(text);
}

type Place = Omit<LaunchedCommand, 'words' | 'places'>;

function withoutDirectory({ directory, ...place }: Place): Place {
  return directory === undefined ? place : { ...place };
}

/** The script that a command runs, and what it is given: `bash run.sh web`, `/entrypoint.sh serve x`. */
function scriptCall(words: readonly string[]): { script: string; positional: readonly string[] } | undefined {
  const { name, args } = program(words);
  if (/^(?:ba|da|a|z|k)?sh$/.test(name)) {
    const at = args.findIndex((word) => !/^[-+]/.test(word));
    const script = args[at];
    return script === undefined ? undefined : { script, positional: args.slice(at + 1) };
  }
  const script = words.find((word) => word === name || word.endsWith(`/${name}`));
  return script !== undefined && !/\.(?:py|js|mjs|cjs|ts)$/.test(script) ? { script, positional: args } : undefined;
}

/** Where images look for a program that is called by its name alone. */
const SEARCHED = ['/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/usr/sbin', '/bin', '/sbin'];

function scriptPath(
  script: string,
  directory: string | undefined,
  start: Start,
  inventory: Inventory,
): string | undefined {
  const absolute = script.startsWith('/') ? script : posix.join(start.workingDirectory ?? '/', script);
  const named = script.includes('/')
    ? []
    : SEARCHED.map((folder) => repositoryPath(start.mounts, `${folder}/${script}`));
  const written = /[./]/.test(script)
    ? [
        ...(directory === undefined || script.startsWith('/') ? [] : [joinPath(directory, script)]),
        repositoryPath(start.mounts, absolute),
        joinPath(start.directory, script),
      ]
    : [];
  const path = [...named, ...written].find((candidate) => candidate !== undefined && inventory.has(candidate));
  if (path === undefined) return undefined;
  return /\.(?:sh|bash)$/.test(path) || /^#!.*\b(?:ba|da|a|z|k)?sh\b/.test((inventory.read(path) ?? '').slice(0, 80))
    ? path
    : undefined;
}
