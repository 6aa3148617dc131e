import { choice, defineFact, SCOPES, text } from './fact.js';

export const lock = defineFact(
  'lock',
  'What lets one at a time do something that reaches beyond the memory of its process.',
  {
    name: text('The lock, as the code names it.'),
    mechanism: text('What makes it, in the words of its technology: "threading.Lock".'),
    scope: choice(SCOPES, 'Who waits for whoever holds it.'),
    protects: choice(
      ['database', 'file', 'service'],
      'What is written while it is held, which others share: rows, files, or what a request to another system changes.',
    ),
    holder: text('The function that holds it.'),
    remedy: text('The smallest change that makes every instance wait, as a line to write.'),
  },
);
