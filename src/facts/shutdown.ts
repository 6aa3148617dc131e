import { choice, defineFact, integer, optional, text } from './fact.js';

export const shutdown = defineFact('shutdown', 'What happens when an instance is told to stop.', {
  process: text('What runs, as it is started: "python serve.py".'),
  told: choice(
    ['itself', 'shell', 'unheeded', 'unprepared'],
    'Who gets the signal: the process itself; a shell that waits for it and hands nothing on; the process, to whom it does not mean to end; the process, which ends at once with the work under way.',
  ),
  takes: optional(integer('Seconds that it gives the work it has begun, where somebody set that.')),
  setting: text('The flag, setting or script that decides it.'),
  remedy: text('The smallest change, as a line to write.'),
});
