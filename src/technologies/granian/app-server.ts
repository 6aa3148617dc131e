import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { byDefault, byOption, byVariable, option, started, type Started } from '../started.js';

/** https://github.com/emmett-framework/granian#options: one worker unless told; every option can be set as GRANIAN_*. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const [start] = started(program, /^granian$/);
  if (start === undefined) return;
  const processes =
    byOption(start, ['--workers']) ?? byVariable(start, 'GRANIAN_WORKERS') ?? byDefault(start, 1, '--workers');
  const blocking = isBlocking(start);
  const threads =
    byOption(start, ['--blocking-threads']) ??
    byVariable(start, 'GRANIAN_BLOCKING_THREADS') ??
    byDefault(start, unknown('the default depends on the number of cores'), '--blocking-threads');
  yield state(appServer, processes.location, {
    server: 'granian',
    development: start.args.includes('--reload'),
    concurrency: isUnknown(blocking)
      ? unknown(blocking.unknown, ['threads', 'event-loop'])
      : blocking
        ? 'threads'
        : 'event-loop',
    processes: processes.value,
    threads: blocking === true ? threads.value : unknown('an event loop takes on as many requests as come'),
    explicit: processes.explicit,
    setting: processes.setting,
    remedy: 'granian --workers 4',
  });
}

/** WSGI applications run in a pool of threads, all others on an event loop; RSGI is the default. */
function isBlocking(start: Started): Maybe<boolean> {
  const named = option(start.args, ['--interface']) ?? start.variable('GRANIAN_INTERFACE')?.value ?? 'rsgi';
  return isUnknown(named) ? unknown(named.unknown) : named === 'wsgi';
}
