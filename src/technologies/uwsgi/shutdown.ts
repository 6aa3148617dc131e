import { state, type Stated } from '../../facts/fact.js';
import { shutdown } from '../../facts/shutdown.js';
import type { Program } from '../../link/program.js';
import type { Location } from '../../location.js';
import { started, type Started } from '../started.js';
import { optionsOf, type Options } from './options.js';

/**
 * To a master SIGTERM means to start anew, unless it is told otherwise:
 * https://uwsgi-docs.readthedocs.io/en/latest/Management.html#signals-for-controlling-uwsgi. What stops containers waits for an end
 * that never comes, and kills it.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  const last = launch.commands.at(-1);
  const start = started(program, /^uwsgi(?:-core|_python3?)?$/).at(-1);
  // Of an image that is built elsewhere nobody knows what it puts before, or which signal it names.
  const isContainer = launch.base !== undefined && launch.base.location.uri !== launch.location?.uri;
  // A shell that waits for it is told by itself, what watches over programs may send another signal.
  if (start === undefined || last === undefined || !isContainer || /(?:^|\/)Procfile/.test(launch.location?.uri ?? ''))
    return;
  const isLast = last.words.at(-1) === start.args.at(-1);
  if (!isLast || launch.commands.some(({ beside }) => beside === true) || last.waitedFor !== undefined) return;
  if (launch.stopSignal !== undefined && !/^(?:SIG)?TERM$|^15$/.test(launch.stopSignal)) return;
  const options = optionsOf(start, program);
  const master = told(start, options, ['master'], ['--master', '-M']);
  if (master === undefined) return;
  const heeds = told(start, options, ['die-on-term', 'exit-on-reload'], ['--die-on-term', '--exit-on-reload']);
  if (heeds !== undefined || start.args.some((word) => word.startsWith('--emperor'))) return;
  // https://uwsgi-docs.readthedocs.io/en/latest/Hooks.html: the master is told what a signal is to do.
  if (
    options
      .texts(['hook-master-start'])
      .some(({ value }) => /^unix_signal:15 +(?:gracefully_)?kill_them_all$/.test(value.trim()))
  )
    return;
  yield state(shutdown, master, {
    ...{ process: 'uwsgi', told: 'unheeded', setting: 'die-on-term is not set', remedy: 'die-on-term = true' },
  });
}

/** Where a switch is set: among the words, in the file or in a variable. What cannot be read may hold it. */
function told(
  start: Started,
  options: Options,
  names: readonly string[],
  flags: readonly string[],
): Location | undefined {
  if (start.args.some((word) => flags.includes(word))) return start.location;
  const found = options.number(names);
  return found === undefined || found.value === 0 ? undefined : found.location;
}
