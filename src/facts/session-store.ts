import { boolean, choice, defineFact, optional, SCOPES, text } from './fact.js';

export const sessionStore = defineFact('session-store', 'Where the sessions of users are kept.', {
  store: text('What keeps them, in the words of its technology: "files", "database", "signed cookies".'),
  keeper: choice(
    ['own', 'cache', 'database'],
    'Whether they lie in a store of their own, or in a cache or database of the application and share its scope.',
  ),
  scope: choice(SCOPES, 'Who sees the same sessions.'),
  explicit: boolean('Whether the project set it; false where a framework default counts.'),
  setting: text('The setting that decides it, as a person would search for it.'),
  remedy: text('The smallest change that makes it shared, as a line to write.'),
  path: optional(text('The folder on disk, where it is one.')),
});
