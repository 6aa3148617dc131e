import { choice, defineFact, integer, optional, text, texts } from './fact.js';

export const autoscaler = defineFact('autoscaler', 'Something that changes the number of instances by load.', {
  unit: text('The unit that it scales, as in workload.'),
  minimum: integer('Instances at least.'),
  maximum: integer('Instances at most.'),
  shareOf: optional(
    texts(
      'What it measures as a share of what instances ask for: "cpu", "memory"; of one container only: "cpu@web". Absent where it measures something else.',
    ),
  ),
  policy: optional(
    choice(
      ['present', 'absent'],
      'Whether anything asks it for more instances, where somebody has to say so beside it; absent where it asks itself.',
    ),
  ),
  bound: optional(
    choice(
      ['written', 'account'],
      'Of instances that answer one request at a time, who bounds their number: somebody wrote it, or only the account that pays for them.',
    ),
  ),
  by: optional(
    text('Who asks for them where nobody wrote a number, in words that read before it: "its platform starts".'),
  ),
});
