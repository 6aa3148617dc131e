import { choice, defineFact, optional, text, texts } from './fact.js';

export const upstream = defineFact(
  'upstream',
  'How a proxy reaches what it hands requests to: its connections, and what it takes names for.',
  {
    name: text('The upstream, as it is written.'),
    targets: texts('Host names it hands requests to.'),
    connections: optional(
      choice(
        ['kept', 'not-asked', 'lost'],
        'Whether it keeps connections for the next request: it does; nothing asks it to, or it is told to close them; what asks it to has no effect, or it closes those that would be kept.',
      ),
    ),
    connectionsReason: optional(text('Why that is so, in words that read after "because".')),
    connectionsRemedy: optional(text('The smallest change that makes it keep them, as a line to write.')),
    names: optional(
      choice(
        ['at-start', 'again'],
        'When it asks for the addresses of the names: once when it starts, or again as they age.',
      ),
    ),
    namesRemedy: optional(text('The smallest change that makes it ask again, as a line to write.')),
  },
);
