import { choice, defineFact, optional, text } from './fact.js';

export const standby = defineFact(
  'standby',
  'Whether a server that keeps data has another one that takes over when its machine or zone fails.',
  {
    product: text('What it is, in the words of its platform.'),
    taker: choice(['present', 'absent'], 'Whether somebody takes over from it by itself.'),
    setting: text('What decides it, as it is written or left out: "multi_az is not set".'),
    remedy: text('The smallest change, as a line to write.'),
    unit: optional(text('The unit that it is, as in workload, where its place does not tell.')),
  },
);
