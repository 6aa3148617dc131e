import { state, type Stated } from '../../facts/fact.js';
import { shutdown } from '../../facts/shutdown.js';
import type { Program } from '../../link/program.js';
import { byOption, started } from '../started.js';

/** https://www.uvicorn.org/settings/#timeouts; without the flag it waits as long as requests take. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const start of started(program, /^uvicorn$/)) {
    const found = byOption(start, ['--timeout-graceful-shutdown']);
    if (found === undefined || typeof found.value !== 'number') continue;
    yield state(shutdown, found.location, {
      process: 'uvicorn',
      told: 'itself',
      takes: found.value,
      setting: found.setting,
      remedy: `terminationGracePeriodSeconds: ${found.value + 5}`,
    });
  }
}
