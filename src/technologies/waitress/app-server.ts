import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import { numberGiven, servingCalls } from '../python-serving-calls.js';
import { byDefault, byOption, started, type Decision } from '../started.js';

/** https://docs.pylonsproject.org/projects/waitress/en/stable/arguments.html: one process, and no setting for more. */
const THREADS = 4;

export function* fromProgram(program: Program): Iterable<Stated> {
  const [start] = started(program, /^waitress-serve$/);
  if (start !== undefined) {
    yield served(byOption(start, ['--threads']) ?? byDefault(start, THREADS, '--threads'), []);
    return;
  }
  const [call] = servingCalls(
    program,
    /\bwaitress\b/,
    /^waitress\.(?:serve|server\.(?:create_server|WSGIServer)\(\)\.run|create_server\(\)\.run)$/,
  );
  if (call !== undefined) yield served(numberGiven(program, call, 'threads', THREADS), call.evidence, call.location);
}

function served(threads: Decision, evidence: readonly Evidence[], location = threads.location): Stated {
  return state(
    appServer,
    location,
    {
      server: 'waitress',
      development: false,
      concurrency: 'threads',
      processes: 1,
      threads: threads.value,
      explicit: false,
      setting: 'waitress',
      remedy:
        'gunicorn --workers 4 --threads 4, or several containers of Waitress, which has no setting for more processes',
    },
    evidence,
  );
}
