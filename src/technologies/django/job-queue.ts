import { jobQueue } from '../../facts/job-queue.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { leaverOf } from './background/leavers.js';
import { queues } from './background/queues.js';
import { threads } from './background/threads.js';
import { chosenBy, doubted } from './doubt.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** Where work waits that requests leave: what the settings say of each library, and what is begun in threads. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  yield* doubted(settings, fromSettings(program, settings));
  yield* threads(program);
}

function* fromSettings(program: Program, settings: DjangoSettings): Iterable<Stated> {
  for (const { library, location, evidence, ...queue } of queues(program, settings)) {
    const leaver = leaverOf(program, library);
    yield state(
      jobQueue,
      location,
      {
        ...queue,
        purpose: leaver === undefined ? 'unused' : 'background',
        adder: leaver?.adder ?? '',
      },
      [...chosenBy(settings), ...(leaver?.evidence ?? []), ...evidence],
    );
  }
}
