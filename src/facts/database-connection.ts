import { boolean, choice, defineFact, integer, optional, text } from './fact.js';

export const databaseConnection = defineFact(
  'database-connection',
  'How the application opens connections to a database.',
  {
    name: text('Name of the database among those of the application.'),
    lifetime: choice(
      ['request', 'persistent', 'pooled'],
      'Opened for each request; kept by each thread between requests; or taken from a pool of the process.',
    ),
    explicit: boolean('Whether the project set it; false where a framework default counts.'),
    setting: text('The setting that decides it.'),
    remedy: text('The smallest change that reuses connections, as a line to write.'),
    host: optional(text('Host name it connects to: a server or a pooler.')),
    poolMaximum: optional(integer('Connections that one process opens at most, where it is a pool.')),
  },
);
