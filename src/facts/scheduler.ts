import { choice, defineFact, SCOPES, text } from './fact.js';

export const scheduler = defineFact('scheduler', 'Work that a running program starts by the clock.', {
  name: text('The work, as the code names it: "sendReminders".'),
  every: text('When it runs, in words: "at 0 * * * *", "every 60 s".'),
  scope: choice(SCOPES, 'Among whom it runs once: each process for itself, one on each host, or one of all.'),
  effect: choice(
    ['sends', 'writes', 'removes', 'own'],
    'What a second run does: messages or calls leave twice; data is written twice; what is gone is removed again; only the process itself is touched.',
  ),
  does: text('The call that has the effect, as it is written.'),
  setting: text('The call that sets the clock.'),
  remedy: text('The smallest change that lets it run once, as a line to write.'),
});
