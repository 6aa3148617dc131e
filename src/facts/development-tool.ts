import { choice, defineFact, text } from './fact.js';

export const developmentTool = defineFact(
  'development-tool',
  'A tool for developers that requests of production pass.',
  {
    name: text('As its makers call it.'),
    effect: choice(
      ['works', 'answers', 'sleeps', 'chosen'],
      'What it does there: it works on every request; it answers whoever asks it; nothing as long as debugging is off; only what a setting of the project chooses.',
    ),
    reason: text('What it does there, as a half-sentence.'),
    remedy: text('The smallest change, as a line to write.'),
  },
);
