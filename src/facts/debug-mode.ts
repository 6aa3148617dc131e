import { boolean, choice, defineFact, text } from './fact.js';

export const debugMode = defineFact('debug-mode', 'Whether a framework runs with its debugging aids.', {
  enabled: boolean('Whether it is on.'),
  setting: text('The setting that decides it.'),
  shows: choice(
    ['everything', 'errors'],
    'What it keeps and shows: queries, settings and variables, or where in the code an error happened.',
  ),
  remedy: text('The smallest change, as a line to write.'),
  variable: text('The environment variable that switches it; empty where none does.'),
});
