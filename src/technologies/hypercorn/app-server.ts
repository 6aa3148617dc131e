import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { byDefault, byOption, option, started } from '../started.js';

/** https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html: one worker unless told. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const [start] = started(program, /^hypercorn$/);
  if (start === undefined) return;
  const file = option(start.args, ['-c', '--config']);
  const processes =
    byOption(start, ['-w', '--workers']) ??
    byDefault(start, file === undefined ? 1 : unknown(`could be set in ${file}`), '--workers');
  yield state(appServer, processes.location, {
    server: 'hypercorn',
    development: start.args.includes('--reload') || start.args.includes('--debug'),
    concurrency: 'event-loop',
    processes: processes.value,
    threads: unknown('an event loop takes on as many requests as come'),
    explicit: processes.explicit,
    setting: processes.setting,
    remedy: 'hypercorn --workers 4',
  });
}
