import { memoryClaim } from '../../facts/memory-claim.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { option, started } from '../started.js';

/** https://docs.celeryq.dev/en/stable/userguide/workers.html#max-memory-per-child-setting: in kilobytes, for each process. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (program.launch.location === undefined) return;
  for (const start of started(program, /^celeryd?$/).slice(0, 1)) {
    const size = option(start.args, ['--max-memory-per-child']);
    if (!start.args.includes('worker') || size === undefined || !/^\d{1,12}$/.test(size) || Number(size) === 0)
      continue;
    yield state(memoryClaim, start.location, {
      megabytes: Math.round(Number(size) / 1024),
      each: 'process',
      setting: `--max-memory-per-child=${size}`,
    });
  }
}
