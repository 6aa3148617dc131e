import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { byDefault, started } from '../started.js';
import { optionsOf } from './options.js';

/** https://uwsgi-docs.readthedocs.io/en/latest/Options.html: one process, one thread, unless told. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const start = started(program, /^uwsgi(?:-core|_python3?)?$/).at(-1);
  if (start === undefined) return;
  // An emperor starts an instance for each file in a folder.
  const emperor = start.args.some((word) => word === '--emperor' || word.startsWith('--emperor='));
  const options = optionsOf(start, program);
  const processes =
    options.number(['processes', 'workers', 'p']) ??
    byDefault(start, emperor ? unknown('an emperor starts what its folder holds') : 1, 'processes');
  const greenlets = options.number(['gevent', 'asyncio', 'async'])?.value;
  const threads = options.number(['threads'])?.value ?? 1;
  yield state(appServer, processes.location, {
    server: 'uWSGI',
    development: false,
    concurrency: greenlets !== undefined ? 'greenlets' : byThreads(threads),
    processes: processes.value,
    threads: greenlets ?? threads,
    explicit: processes.explicit,
    setting: processes.setting,
    remedy: 'processes = 4',
  });
}

function byThreads(threads: Maybe<number>): Maybe<'sync' | 'threads'> {
  if (isUnknown(threads)) return unknown(threads.unknown, ['sync', 'threads']);
  return threads > 1 ? 'threads' : 'sync';
}
