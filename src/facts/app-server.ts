import { boolean, choice, defineFact, integer, optional, text } from './fact.js';

export const appServer = defineFact('app-server', 'The process that runs the application code.', {
  server: text('As a person would call it: "the development server".'),
  development: boolean('Whether its makers say that it must not serve production.'),
  concurrency: choice(
    ['sync', 'threads', 'event-loop', 'greenlets'],
    'How one process serves several requests: not at all, by threads, on an event loop, by green threads.',
  ),
  processes: integer('Worker processes per instance.'),
  threads: integer('Requests that one process serves at the same time, where it is bounded.'),
  explicit: boolean('Whether the number of processes is set; false where the default of the server counts.'),
  setting: text('The flag, variable or setting that decides the number of processes.'),
  remedy: optional(
    text('The smallest change that gives it more processes, as a line to write; absent where nobody offers one.'),
  ),
  listens: optional(boolean('Whether the code that it runs answers requests; absent where nobody looked.')),
});
