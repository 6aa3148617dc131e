import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { joinPath } from '../../repository-path.js';
import { settingsOf, type Setting, type Settings } from './settings.js';

/** https://www.phusionpassenger.com/library/config/nginx/reference/#passenger_max_pool_size */
const MOST = 6;

/**
 * Of Ruby and Python it starts as many processes as requests need, up to a number, and each takes one request at a time. One of
 * Node.js takes any number of them, so that no second one is ever needed:
 * https://www.phusionpassenger.com/library/config/nginx/reference/#passenger_force_max_concurrent_requests_per_process
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  const isNode = runsNode(program, settings);
  const key = isNode ? 'min_instances' : 'max_pool_size';
  const written = settings.all.get(key);
  const threads = settings.all.get('thread_count');
  yield state(appServer, written?.location ?? settings.location, {
    server: 'Passenger',
    development: false,
    concurrency: isNode ? 'event-loop' : threads === undefined ? 'sync' : 'threads',
    processes: countOf(written, isNode ? 1 : MOST, settings),
    threads: isNode
      ? unknown('an event loop takes up any number of requests')
      : countOf(threads, 1, { ...settings, told: true }),
    explicit: written !== undefined,
    setting: written?.name ?? key,
    remedy: isNode ? 'min_instances, as many as there are cores' : 'max_pool_size, as many as fit into memory',
  });
}

function countOf(written: Setting | undefined, byDefault: number, { told }: Settings): Maybe<number> {
  if (written === undefined) return told ? byDefault : unknown('the host that runs it decides', [1, byDefault]);
  return /^\d{1,5}$/.test(written.value) ? Number(written.value) : unknown('it is filled in when it starts');
}

function runsNode({ launch, inventory }: Program, { all }: Settings): boolean {
  const type = all.get('app_type')?.value ?? all.get('startup_file')?.value ?? '';
  if (type !== '') return /^node$|\.[cm]?js$/.test(type);
  const has = (name: string): boolean => inventory.has(joinPath(launch.directory, name));
  return has('package.json') && !has('passenger_wsgi.py') && !has('config.ru');
}
