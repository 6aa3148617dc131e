import { boolean, choice, defineFact, text } from './fact.js';

export const rowLookup = defineFact(
  'row-lookup',
  'A request looks for one row, by a column alone, in a table that requests add rows to.',
  {
    table: text('The table, by the name that the code has for it: "Ticket".'),
    column: text('The column: "code".'),
    indexed: boolean('Whether the database has an index that starts with the column.'),
    lookup: text('The query, as it is written: "Ticket.objects.get(code=code)".'),
    frequency: choice(
      ['each', 'some'],
      'Whether every request does so (a middleware, what authenticates), or those of one address.',
    ),
    handler: text('The function that asks.'),
    remedy: text('The change that gives the column an index, as code to write.'),
  },
);
