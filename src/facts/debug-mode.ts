import { boolean, defineFact, text } from './fact.js';

export const debugMode = defineFact('debug-mode', 'Whether a framework runs with its debugging aids.', {
  enabled: boolean('Whether it is on.'),
  setting: text('The setting that decides it.'),
  variable: text('The environment variable that switches it; empty where none does.'),
});
