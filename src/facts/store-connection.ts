import { choice, defineFact, integer, optional, text } from './fact.js';

export const storeConnection = defineFact(
  'store-connection',
  'How a component reaches a server that keeps data in memory for it: a cache, a queue, sessions.',
  {
    name: text('The setting or variable that names the server.'),
    host: text('Host name it connects to.'),
    keeps: choice(
      ['copies', 'originals'],
      'Whether what is kept there can be made again from elsewhere at any time, or would be lost: jobs, sessions, locks.',
    ),
    said: choice(['code', 'environment'], 'Whether the code says so, or only a variable that the component is given.'),
    poolMaximum: optional(integer('Connections that one process opens at most, where it is told.')),
  },
);
