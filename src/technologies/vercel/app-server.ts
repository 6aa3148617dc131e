import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { started } from '../started.js';

/** A function of Python takes one request at a time: https://vercel.com/docs/functions/runtimes/python */
export function* fromProgram(program: Program): Iterable<Stated> {
  const [start] = started(program, /^vercel-handler$/);
  if (start === undefined) return;
  yield state(appServer, start.location, {
    server: 'the function',
    development: false,
    concurrency: 'sync',
    processes: 1,
    threads: 1,
    explicit: true,
    setting: 'builds',
  });
}
