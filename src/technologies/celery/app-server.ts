import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { byDefault, byOption, option, overCores, started } from '../started.js';

/**
 * https://docs.celeryq.dev/en/stable/userguide/workers.html#concurrency: prefork starts as many processes as there
 * are cores; the thread and green pools run all tasks in one.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const start of started(program, /^celeryd?$/).slice(0, 1)) {
    if (start.args.includes('beat')) {
      yield state(appServer, start.location, {
        server: 'celery beat',
        development: false,
        concurrency: 'sync',
        processes: 1,
        threads: 1,
        explicit: false,
        setting: 'beat',
      });
      continue;
    }
    if (!start.args.includes('worker')) continue;
    const cores = overCores('nproc') ?? unknown<number>('depends on the number of cores');
    const concurrency = byOption(start, ['-c', '--concurrency']) ?? byDefault(start, cores, '--concurrency');
    const scaled = option(start.args, ['--autoscale'])?.split(',')[0];
    const most =
      scaled !== undefined && /^\d+$/.test(scaled)
        ? { ...concurrency, value: Number(scaled), setting: '--autoscale' }
        : concurrency;
    const pool = option(start.args, ['-P', '--pool']) ?? 'prefork';
    const forks = pool === 'prefork' || pool === 'processes';
    yield state(appServer, most.location, {
      server: 'celery worker',
      development: false,
      concurrency: forks || pool === 'solo' ? 'sync' : pool === 'threads' ? 'threads' : 'greenlets',
      processes: forks ? most.value : 1,
      threads: forks || pool === 'solo' ? 1 : most.value,
      explicit: most.explicit,
      setting: most.setting,
    });
  }
}
