import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { servingCalls } from '../python-serving-calls.js';

/** https://www.gevent.org/api/gevent.pywsgi.html; eventlet's is made alike: one process, a green thread for each connection. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const [call] = servingCalls(
    program,
    /\b(?:gevent|eventlet)\b/,
    /^gevent\.(?:pywsgi|baseserver|server)\.(?:WSGIServer|StreamServer)\(\)\.(?:serve_forever|start)$|^eventlet\.wsgi\.server$/,
  );
  if (call === undefined) return;
  const server = call.name.startsWith('eventlet') ? 'eventlet' : 'gevent';
  yield state(
    appServer,
    call.location,
    {
      server,
      development: false,
      concurrency: 'greenlets',
      processes: 1,
      threads: unknown('it takes on as many connections as come'),
      explicit: false,
      setting: server === 'gevent' ? 'WSGIServer' : 'wsgi.server()',
      remedy: `gunicorn --worker-class ${server} --workers 4`,
    },
    call.evidence,
  );
}
