import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { scriptedCommands, type ScriptedCommand } from '../package-scripts.js';
import { listens } from './listens.js';
import { processesOf } from './processes.js';
import { servingOf, type Serving } from './serving.js';

/** What runs until it is stopped: the last such command, because before it stand migrations and waiting. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const found = serverOf(program);
  if (found === undefined) return;
  const { command, serving } = found;
  const processes = processesOf(program, command, serving);
  const answers = listens(program, serving);
  yield state(
    appServer,
    command.location,
    {
      server: serving.server,
      development: serving.development,
      concurrency: 'event-loop',
      processes: processes.value,
      threads: unknown('an event loop takes up any number of requests'),
      explicit: processes.explicit,
      setting: processes.setting,
      ...(answers === undefined ? {} : { listens: answers }),
    },
    [...command.evidence, ...processes.evidence],
  );
}

export function serverOf(program: Program): { command: ScriptedCommand; serving: Serving } | undefined {
  for (const command of [...scriptedCommands(program)].reverse()) {
    const serving = servingOf(command);
    // What a developer runs at home is no server that somebody deploys.
    if (serving !== undefined && !(serving.development && program.launch.commands.length === 0))
      return { command, serving };
  }
  return undefined;
}
