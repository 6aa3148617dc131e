import { boolean, choice, defineFact, optional, SCOPES, text } from './fact.js';

export const fileStore = defineFact('file-store', 'Where files that users upload or that requests write are kept.', {
  store: text('What keeps them: "local disk", "S3".'),
  scope: choice(SCOPES, 'Who sees the same files.'),
  used: boolean('Whether anything writes files there: a file field, an explicit save.'),
  explicit: boolean('Whether the project set it; false where a framework default counts.'),
  setting: text('The setting or call that decides it.'),
  remedy: text('The smallest change that makes it shared.'),
  path: optional(text('The folder on disk, as the process sees it.')),
});
