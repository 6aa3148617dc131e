import { boolean, choice, defineFact, text } from './fact.js';

export const listing = defineFact('listing', 'An answer that holds a list of rows.', {
  view: text('The view or function that answers.'),
  rows: text('What it lists, as it is written: "Book.objects.all()".'),
  paged: boolean('Whether one answer holds a page of them at most.'),
  narrowed: choice(
    ['everything', 'part'],
    'Whether it lists all rows of a table, or those of one user, parent or state.',
  ),
  remedy: text('The smallest change that answers in pages, as code to write.'),
});
