import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { servingCalls } from '../python-serving-calls.js';
import { byDefault, byOption, option, started } from '../started.js';

/** https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html: one worker unless told. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const [start] = started(program, /^hypercorn$/);
  if (start === undefined) {
    yield* fromCalls(program);
    return;
  }
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

/**
 * A program that starts it itself is one process, whatever `config.workers` says:
 * https://hypercorn.readthedocs.io/en/latest/how_to_guides/api_usage.html
 */
function* fromCalls(program: Program): Iterable<Stated> {
  const [call] = servingCalls(program, /\bhypercorn\b/, /^hypercorn\.(?:asyncio|trio)\.serve$/);
  if (call === undefined) return;
  yield state(
    appServer,
    call.location,
    {
      server: 'hypercorn',
      development: false,
      concurrency: 'event-loop',
      processes: 1,
      threads: unknown('an event loop takes on as many requests as come'),
      explicit: false,
      setting: 'serve()',
      remedy: 'hypercorn --workers 4',
    },
    call.evidence,
  );
}
