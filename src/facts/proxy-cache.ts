import { choice, defineFact, text, texts } from './fact.js';

export const proxyCache = defineFact('proxy-cache', 'Answers that a proxy keeps to answer others with.', {
  where: text('The location or subroutine, as it is written.'),
  targets: texts('Host names of what answers where nothing is kept yet.'),
  hits: choice(
    ['possible', 'without-cookies', 'per-client', 'never'],
    'Whether what is kept is ever sent: it can be; only to who sends no cookie at all; only to the client that it was kept for; never.',
  ),
  reason: text('Why that is so, in words that read after "because".'),
  remedy: text('The smallest change, as a line to write.'),
});
