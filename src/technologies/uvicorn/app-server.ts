import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { byConcurrency, byDefault, byOption, byVariable, option, started, type Started } from '../started.js';

export function* fromProgram(program: Program): Iterable<Stated> {
  const start = started(program, /^(?:uvicorn|fastapi)$/).find(
    ({ name, args }) => name === 'uvicorn' || /^(?:run|dev)$/.test(args[0] ?? ''),
  );
  if (start === undefined) return;
  const processes = workersOf(start);
  yield state(appServer, processes.location, {
    server: 'uvicorn',
    development: isDevelopment(start),
    concurrency: 'event-loop',
    processes: processes.value,
    threads: unknown('an event loop takes on as many requests as come'),
    explicit: processes.explicit,
    setting: processes.setting,
    remedy: 'uvicorn --workers 4',
  });
}

/** https://www.uvicorn.org/settings/: options can be set as UVICORN_*; `--workers` defaults to WEB_CONCURRENCY, else one. */
function workersOf(start: Started) {
  // "Not valid with --reload."
  if (isDevelopment(start)) return byDefault(start, 1, '--workers');
  return byOption(start, ['--workers']) ?? byVariable(start, 'UVICORN_WORKERS') ?? byConcurrency(start, '--workers');
}

function isDevelopment({ name, args }: Started): boolean {
  if (name === 'fastapi') return args[0] === 'dev' || args.includes('--reload');
  return args.includes('--reload') || option(args, ['--reload-dir']) !== undefined;
}
