import { choice, defineFact, optional, text } from './fact.js';

export const probe = defineFact('probe', 'A question that the platform asks a container again and again.', {
  unit: text('The unit that it asks, as in workload.'),
  container: text('The container that it asks.'),
  purpose: choice(
    ['readiness', 'liveness', 'startup'],
    'What hangs on the answer: whether it gets requests, whether it is started anew, whether it has started.',
  ),
  port: text('The port that it asks, as it is written: a number or a name.'),
  named: choice(
    ['number', 'known', 'missing'],
    'Whether the port is a number, a name that the container gives to one of its ports, or a name that it gives to none.',
  ),
  path: optional(text('The path that it asks, where it asks by HTTP.')),
  asks: optional(
    choice(
      ['database'],
      'What answers asks the database, as is known of a page of a product; absent where nothing is known.',
    ),
  ),
});
