import { boolean, choice, defineFact, optional, SCOPES, text } from './fact.js';

export const cache = defineFact('cache', 'A cache that the application reads and writes.', {
  name: text('Its name among the caches of the application: "default".'),
  store: text('What keeps it, in the words of its technology: "local memory".'),
  scope: choice(SCOPES, 'Who sees the same entries.'),
  purpose: choice(
    ['sessions', 'rate-limit', 'lock', 'only-copy', 'general', 'unused'],
    'What the application keeps in it; the most demanding use counts. Of an only copy nobody can make another: one-time codes, what one request leaves for the next.',
  ),
  upkeep: optional(
    choice(
      ['invalidated', 'left-alone'],
      'Whether somebody removes or replaces entries when data changes, so that they are meant to be right, or they only leave by age and for want of room.',
    ),
  ),
  explicit: boolean('Whether the project set it; false where a framework default counts.'),
  setting: text('The setting that decides it.'),
  remedy: text('The smallest change that makes it shared, as a line to write.'),
  path: optional(text('The folder on disk, where it is one.')),
});
