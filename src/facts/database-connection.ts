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
    remedyOnLoop: optional(text('The same where an event loop serves requests, if it is another.')),
    remedyForGreenlets: optional(text('The same where green threads serve requests, if it is another.')),
    host: optional(text('Host name it connects to: a server or a pooler.')),
    poolMaximum: optional(integer('Connections that one process opens at most, where it is a pool.')),
    poolMinimum: optional(integer('Connections that this pool opens before anybody asks; absent where nobody told.')),
    assumed: optional(
      boolean('Whether an address that the repository does not hold could say another size than that of the default.'),
    ),
    tried: optional(boolean('Whether a connection that was kept is tried before it is used again.')),
    keptBesidePool: optional(
      boolean('Whether threads are told to keep connections that a pool hands out, which the framework refuses.'),
    ),
    cursors: optional(
      choice(
        ['off', 'possible', 'used'],
        'Cursors on the server, which live in one of its sessions: switched off, there for code that asks, asked for.',
      ),
    ),
    preparesStatements: optional(boolean('Whether statements are prepared in a session of the server.')),
    transactionPerRequest: optional(boolean('Whether a transaction is open for as long as a request is worked on.')),
  },
);
