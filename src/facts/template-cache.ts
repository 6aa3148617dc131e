import { boolean, defineFact, text } from './fact.js';

export const templateCache = defineFact('template-cache', 'Whether templates are compiled once or for each use.', {
  engine: text('What renders them, as its makers call it.'),
  cached: boolean('Whether a process keeps what it compiled.'),
  setting: text('The setting that decides it.'),
  reason: text('Why it is not kept, as a half-sentence; empty where it is.'),
  remedy: text('The smallest change, as a line to write.'),
});
