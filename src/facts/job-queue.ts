import { choice, defineFact, optional, SCOPES, text } from './fact.js';

export const jobQueue = defineFact('job-queue', 'Where work waits that requests leave for later.', {
  name: text('The queue, as the code names it.'),
  store: text('What keeps the work, in the words of its technology: "memory of the process".'),
  scope: choice(SCOPES, 'Who can take work from it.'),
  purpose: choice(
    ['background', 'unused'],
    'Work that outlives the request that left it, or nothing that requests leave.',
  ),
  runs: optional(
    choice(
      ['later', 'beside', 'at-once'],
      'It waits for a worker; or it begins beside the request, in a thread of its process; or the request does it after all, and waits.',
    ),
  ),
  adder: text('The function or call that leaves work there.'),
  setting: text('The call that makes it.'),
  remedy: text('The smallest change that keeps the work outside of the process, as a line to write.'),
});
