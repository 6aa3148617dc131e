import { boolean, defineFact, optional, text } from './fact.js';

export const logFile = defineFact('log-file', 'A file on disk that a component writes its log to.', {
  handler: text('What writes it, as the code names it.'),
  rotates: boolean(
    'Whether the process that writes also renames the file, knowing nothing of others that write to it.',
  ),
  setting: text('The setting that decides it.'),
  remedy: text('The smallest change that leaves files to others, as a line to write.'),
  path: optional(text('The file, as the process sees it.')),
});
