import { choice, defineFact, integer, text } from './fact.js';

export const memoryClaim = defineFact('memory-claim', 'How much memory a program was told that it may take.', {
  megabytes: integer('In megabytes of 1,048,576 bytes.'),
  each: choice(['process', 'instance'], 'Whether each of its processes may take so much, or all of them together.'),
  setting: text('The setting that says so, with its value: "--max-old-space-size=2048".'),
});
