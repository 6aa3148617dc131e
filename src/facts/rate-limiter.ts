import { boolean, choice, defineFact, SCOPES, text } from './fact.js';

export const rateLimiter = defineFact(
  'rate-limiter',
  'A limit on how often a client may ask, and where it is counted.',
  {
    name: text('The variable or route it stands for, as the code names it.'),
    store: text('What counts, in the words of its technology: "memory of the process".'),
    scope: choice(SCOPES, 'Who counts together.'),
    protects: choice(
      ['logins', 'requests'],
      'Guessing of passwords, codes and tokens, or the load of any request: a limit on guessing must be right.',
    ),
    explicit: boolean('Whether the project chose the store; false where a default of the library counts.'),
    setting: text('The option or call that decides it.'),
    remedy: text('The smallest change that makes all instances count together, as a line to write.'),
  },
);
