import { state, type Stated } from '../../facts/fact.js';
import { shutdown } from '../../facts/shutdown.js';
import type { Program } from '../../link/program.js';

/**
 * A container that stops sends SIGTERM to its first process only (https://docs.docker.com/reference/cli/docker/container/stop/).
 * Where that is the shell of a script, it ignores the signal, and what it started learns nothing until all is killed.
 */
export function* fromProgram({ launch }: Program): Iterable<Stated> {
  const isContainer = launch.image !== undefined || launch.base !== undefined;
  const last = launch.commands.at(-1);
  // Platforms of processes send the signal to all of them: https://devcenter.heroku.com/articles/dyno-shutdown-behavior
  if (!isContainer || last?.waitedFor === undefined || /(?:^|\/)Procfile/.test(launch.location?.uri ?? '')) return;
  // What the shell does itself is no process: of a script that is taken in nobody knows what it ends in.
  if (/^(?:source|\.|:|wait|trap|exit|cd|set|eval|echo|printf|true|false)$/.test(last.words[0] ?? '')) return;
  const process = last.words.join(' ').slice(0, 100);
  const setting = last.waitedFor.uri.replace(/^.*\//, '');
  yield state(shutdown, last.waitedFor, { process, told: 'shell', setting, remedy: `exec ${process}` });
}
