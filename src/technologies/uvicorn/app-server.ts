import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { isOn, numberGiven, servingCalls } from '../python-serving-calls.js';
import { byConcurrency, byDefault, byOption, byVariable, option, started, type Started } from '../started.js';

export function* fromProgram(program: Program): Iterable<Stated> {
  const start = started(program, /^(?:uvicorn|fastapi)$/).find(
    ({ name, args }) => name === 'uvicorn' || /^(?:run|dev)$/.test(args[0] ?? ''),
  );
  if (start === undefined) {
    yield* fromCalls(program);
    return;
  }
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

/**
 * A program that starts it itself: `uvicorn.run("shop.asgi:application", workers=4)`. A `Server` that is awaited is one process
 * whatever its configuration says: https://www.uvicorn.org/deployment/#running-programmatically
 */
function* fromCalls(program: Program): Iterable<Stated> {
  const [call] = servingCalls(
    program,
    /\buvicorn\b/,
    /^uvicorn\.(?:main\.)?(?:run|(?:server\.)?Server\(\)\.(?:run|serve))$/,
  );
  if (call === undefined) return;
  const isServer = call.name.includes('Server()');
  const reload = isServer ? false : isOn(program, call, ['reload', 'debug']);
  const workers = numberGiven(program, call, 'workers', 1);
  const processes =
    isServer || reload === true ? { ...workers, value: 1, explicit: false, location: call.location } : workers;
  yield state(
    appServer,
    processes.location,
    {
      server: 'uvicorn',
      development: reload,
      concurrency: 'event-loop',
      processes: processes.value,
      threads: unknown('an event loop takes on as many requests as come'),
      explicit: processes.explicit,
      setting: isServer ? 'uvicorn.Server' : 'workers',
      remedy: 'uvicorn --workers 4',
    },
    call.evidence,
  );
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
