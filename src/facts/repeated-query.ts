import { choice, defineFact, optional, text } from './fact.js';

export const repeatedQuery = defineFact(
  'repeated-query',
  'A query that a request sends again for each row or entry of a loop, so that its number grows with the data.',
  {
    kind: choice(
      ['relation', 'query', 'write'],
      'What follows a relation of a row, asks for something else, or writes a row.',
    ),
    entries: choice(
      ['many', 'few'],
      'How often the loop goes round: as often as there is data, or a handful of times at most.',
    ),
    query: text('What sends it, as it is written: "book.author".'),
    over: text('What the loop goes over, as it is written.'),
    handler: text('The function that holds the loop.'),
    serves: optional(
      choice(
        ['list', 'object', 'change', 'administration', 'setup'],
        'What the loop is there for: an answer with rows of a table, one with what belongs to a single row, a change of each row, what administrators do, or one with the few rows that somebody sets up once.',
      ),
    ),
    remedy: text('The smallest change that sends one for all, as code to write.'),
  },
);
