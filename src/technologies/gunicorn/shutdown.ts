import { state, type Stated } from '../../facts/fact.js';
import { shutdown } from '../../facts/shutdown.js';
import type { Program } from '../../link/program.js';
import { byOption, started } from '../started.js';
import { configurationOf } from './configuration.js';

/** https://docs.gunicorn.org/en/stable/settings.html#graceful-timeout; the default is left to those who have an own reason to write another. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const start of started(program, /^gunicorn3?$/)) {
    const found =
      byOption(start, ['--graceful-timeout']) ?? configurationOf(start, [], program)?.number('graceful_timeout');
    if (found === undefined || typeof found.value !== 'number') continue;
    yield state(shutdown, found.location, {
      process: 'gunicorn',
      told: 'itself',
      takes: found.value,
      setting: found.setting,
      remedy: `terminationGracePeriodSeconds: ${found.value + 5}`,
    });
  }
}
