import { boolean, defineFact, text, texts } from './fact.js';

export const wholeRows = defineFact('whole-rows', 'A request reads rows of a table to use few of their columns.', {
  rows: text('The query, as it is written: "Article.objects.filter(public=True)".'),
  used: texts('The columns that are used.'),
  large: texts(
    'Columns that are read with each row for nothing, and hold as much as somebody wrote: texts, documents.',
  ),
  limited: boolean('Whether the query asks for a page of them at most.'),
  handler: text('The function that asks.'),
  remedy: text('The smallest change that reads what is used, as code to write.'),
});
