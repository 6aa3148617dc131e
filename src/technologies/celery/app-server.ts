import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown } from '../../location.js';
import { byDefault, byOption, option, overCores, started, type Decision, type Started } from '../started.js';
import { configuredNumber, configuredPool } from './configuration.js';

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
    const set = configuredNumber(program, start);
    const concurrency =
      byOption(start, ['-c', '--concurrency']) ??
      (set === undefined ? undefined : { ...set, explicit: true }) ??
      byDefault(start, cores, '--concurrency');
    const most = autoscaled(start) ?? concurrency;
    const pool = option(start.args, ['-P', '--pool']) ?? configuredPool(program, start)?.value ?? 'prefork';
    if (isUnknown(pool)) continue;
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

/** `--autoscale=10,3`: Celery takes the larger of the two as the most, in whatever order they stand. */
function autoscaled(start: Started): Decision | undefined {
  const scaled = option(start.args, ['--autoscale']);
  if (scaled === undefined) return undefined;
  const bounds = scaled.split(',').map((bound) => bound.trim());
  const value = bounds.every((bound) => /^\d+$/.test(bound))
    ? Math.max(...bounds.map(Number))
    : unknown<number>(`"${scaled}" is filled in when it starts`);
  return { value, explicit: true, setting: '--autoscale', location: start.location };
}
