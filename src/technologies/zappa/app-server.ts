import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { started } from '../started.js';

/** A function takes one request at a time: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export function* fromProgram(program: Program): Iterable<Stated> {
  const [start] = started(program, /^zappa-handler$/);
  if (start === undefined) return;
  yield state(appServer, start.location, {
    server: 'the function',
    development: false,
    concurrency: 'sync',
    processes: 1,
    threads: 1,
    explicit: true,
    setting: 'zappa',
  });
}
