import { choice, defineFact, optional, text, texts } from './fact.js';

export const telemetry = defineFact(
  'telemetry',
  'What tells those who run the system how it does: numbers or traces that leave a component.',
  {
    name: text('Who measures, as people call it.'),
    means: choice(
      ['inside', 'outside'],
      'Something in the process that measures it, or something that asks it from outside.',
    ),
    targets: optional(
      texts('Of what asks from outside: host names that it asks; absent where it finds them by labels.'),
    ),
  },
);
