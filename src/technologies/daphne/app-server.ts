import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { servingCalls } from '../python-serving-calls.js';
import { started } from '../started.js';

/** Daphne is one process and has no setting for more: https://github.com/django/daphne#running */
export function* fromProgram(program: Program): Iterable<Stated> {
  const start =
    started(program, /^daphne$/)[0] ??
    servingCalls(
      program,
      /\bdaphne\b/,
      /^daphne\.(?:server\.Server\(\)\.run|cli\.CommandLineInterface(?:\(\))?\.(?:run|entrypoint))$/,
    )[0];
  if (start === undefined) return;
  const evidence = 'evidence' in start ? start.evidence : [];
  yield state(
    appServer,
    start.location,
    {
      server: 'daphne',
      development: false,
      concurrency: 'event-loop',
      processes: 1,
      threads: unknown('an event loop takes on as many requests as come'),
      explicit: false,
      setting: 'daphne',
      remedy: 'uvicorn --workers 4, or several containers of Daphne, which has no setting for more processes',
    },
    evidence,
  );
}
