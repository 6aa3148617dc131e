import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import { numberGiven, servingCalls } from '../python-serving-calls.js';
import { byDefault, byOption, started, type Decision } from '../started.js';

/** https://cheroot.cherrypy.dev/en/latest/pkg/cheroot.server/: one process of ten threads, unless told. */
const THREADS = 10;

export function* fromProgram(program: Program): Iterable<Stated> {
  const [start] = started(program, /^cheroot$/);
  if (start !== undefined) {
    yield served(byOption(start, ['--threads']) ?? byDefault(start, THREADS, '--threads'), []);
    return;
  }
  const [call] = servingCalls(
    program,
    /\bche(?:root|rrypy)\b/,
    /^(?:cheroot|cherrypy)\.(?:wsgi|server|wsgiserver)\.(?:Server|HTTPServer|CherryPyWSGIServer|WSGIServer)\(\)\.(?:start|safe_start|serve)$|^cherrypy\.(?:quickstart|engine\.start|engine\.block)$/,
  );
  if (call !== undefined) yield served(numberGiven(program, call, 'numthreads', THREADS), call.evidence, call.location);
}

function served(threads: Decision, evidence: readonly Evidence[], location = threads.location): Stated {
  return state(
    appServer,
    location,
    {
      server: 'cheroot',
      development: false,
      concurrency: 'threads',
      processes: 1,
      threads: threads.value,
      explicit: false,
      setting: 'cheroot',
      remedy:
        'gunicorn --workers 4 --threads 4, or several containers of Cheroot, which has no setting for more processes',
    },
    evidence,
  );
}
