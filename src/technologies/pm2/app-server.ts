import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import { joinPath } from '../../repository-path.js';
import { containerFile } from '../container-file.js';
import { scriptedCommands, type ScriptedCommand } from '../package-scripts.js';
import { option } from '../started.js';
import { appsIn, type App } from './ecosystem.js';

/** What a number of cores comes to on the machines that people rent. */
const CORES = [1, 2, 4, 8];

interface Count {
  readonly value: Maybe<number>;
  readonly explicit: boolean;
  readonly setting: string;
  readonly location: Location;
  readonly evidence: readonly Evidence[];
  readonly watch: boolean;
}

/** How many processes PM2 keeps: by `-i`, else by `instances` of its file, else one of each program. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const command = scriptedCommands(program).findLast(isStart);
  if (command === undefined) return;
  const count = countOf(program, command);
  const watch = count.watch || command.name === 'pm2-dev' || command.args.includes('--watch');
  yield state(
    appServer,
    count.location,
    {
      server: watch ? `${command.name} --watch` : 'PM2',
      development: watch,
      concurrency: 'event-loop',
      processes: count.value,
      threads: unknown('an event loop takes up any number of requests'),
      explicit: count.explicit,
      setting: count.setting,
      // https://pm2.keymetrics.io/docs/usage/cluster-mode/
      remedy: "pm2 start -i max, or exec_mode: 'cluster' and instances: 'max' in its file",
    },
    [...command.evidence, ...count.evidence],
  );
}

function isStart({ name, args }: ScriptedCommand): boolean {
  if (name === 'pm2')
    return /^(?:start|startOrRestart|startOrReload|reload|restart)$/.test(
      args.find((word) => !word.startsWith('-')) ?? '',
    );
  return /^pm2-(?:runtime|docker|dev)$/.test(name) && args.length > 0;
}

function countOf(program: Program, command: ScriptedCommand): Count {
  const { location } = command;
  // What stands after `--` is for the program that is started.
  const end = command.args.indexOf('--');
  const args = end < 0 ? command.args : command.args.slice(0, end);
  const written = option(args, ['-i', '--instances']);
  if (written !== undefined)
    return { value: instancesOf(written), explicit: true, setting: '-i', location, evidence: [], watch: false };
  const file = fileOf(program, command, args);
  const one = { value: 1, explicit: false, setting: '-i', location, evidence: [], watch: false };
  if (file === undefined) return one;
  const apps = file === 'unknown' ? undefined : appsIn(program, file);
  if (apps === undefined) return { ...one, value: unknown('the file that describes its programs is not here') };
  const only = option(args, ['--only'])?.split(',');
  const chosen = apps.filter(({ name }) => only === undefined || (name !== undefined && only.includes(name)));
  return sumOf(chosen.length === 0 ? apps : chosen, one, { message: 'PM2 is started here', location });
}

/** Programs of one file are each of them processes of the container. */
function sumOf(apps: readonly App[], fallback: Count, started: Evidence): Count {
  const [first] = [...apps].sort((a, b) => Number(b.instances !== undefined) - Number(a.instances !== undefined));
  if (first === undefined) return fallback;
  const counts = apps.map(({ instances }) => (instances === undefined ? 1 : instancesOf(instances)));
  const open = counts.find((count) => isUnknown(count));
  const fixed = counts.reduce<number>((sum, count) => (isUnknown(count) ? sum : sum + count), 0);
  const candidates = isUnknown(open) ? open.candidates : undefined;
  return {
    value: isUnknown(open)
      ? unknown(
          open.unknown,
          candidates?.map((count) => count + fixed),
        )
      : fixed,
    explicit: first.instances !== undefined,
    setting: 'instances',
    location: first.location,
    evidence: [started],
    watch: apps.every(({ watch }) => watch),
  };
}

/** https://pm2.keymetrics.io/docs/usage/cluster-mode/: `max` and 0 are all cores, -1 is one less. */
function instancesOf(written: Maybe<string>): Maybe<number> {
  if (isUnknown(written)) return unknown(written.unknown, CORES);
  if (/^[1-9]\d*$/.test(written)) return Number(written);
  if (written === 'max' || written === '0') return unknown('depends on the number of cores', CORES);
  if (/^-\d+$/.test(written))
    return unknown(
      'depends on the number of cores',
      CORES.map((cores) => Math.max(1, cores + Number(written))),
    );
  return unknown(`"${written}" is filled in when it starts`, CORES);
}

/** The file that describes the programs; undefined where a program is named itself. */
function fileOf(program: Program, command: ScriptedCommand, args: readonly string[]): string | undefined {
  const words = args.filter(
    (word) => !word.startsWith('-') && !/^(?:start|startOrRestart|startOrReload|reload|restart)$/.test(word),
  );
  const named = words.find((word) =>
    /\.(?:json5?|ya?ml)$|(?:^|[/.])(?:ecosystem|pm2|process)[\w.-]*\.[cm]?js$|\.config\.[cm]?js$/.test(word),
  );
  if (named === undefined) {
    if (words.length > 0) return undefined;
    return ['ecosystem.config.js', 'ecosystem.config.cjs', 'ecosystem.json']
      .map((name) => joinPath(command.directory, name))
      .find((path) => program.inventory.has(path));
  }
  const beside = joinPath(command.directory, named);
  return program.inventory.has(beside) ? beside : (containerFile(program, named) ?? 'unknown');
}
