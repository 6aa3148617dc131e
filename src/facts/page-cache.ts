import { choice, defineFact, text } from './fact.js';

export const pageCache = defineFact(
  'page-cache',
  'Whole responses that the application keeps, or lets shared caches keep, to answer others with.',
  {
    where: text('The view or the middleware, as it is written.'),
    audience: choice(
      ['everyone', 'each-visitor', 'wrong-visitors'],
      'Who is answered with what was kept: all alike, each visitor with what was kept for them alone, or some with what was made for another.',
    ),
    hits: choice(['possible', 'never'], 'Whether anything that is kept is ever sent.'),
    reason: text('Why that is so, in words that read after "because".'),
    remedy: text('The smallest change, as a line to write.'),
  },
);
