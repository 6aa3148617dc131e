import { boolean, choice, defineFact, integer, optional, text } from './fact.js';

export const connectionLimit = defineFact(
  'connection-limit',
  'How many connections a database server or a pooler accepts and opens.',
  {
    side: choice(['server', 'pooler'], 'A server keeps data; a pooler hands connections on.'),
    clients: integer('Connections it accepts at most.'),
    reserved: integer('Those kept back from applications: for superusers and replication.'),
    explicit: boolean('Whether it is set; false where the default of the product counts.'),
    setting: text('The setting that decides it.'),
    poolMode: optional(
      choice(['session', 'transaction', 'statement'], 'When a pooler hands a server connection to the next client.'),
    ),
    poolSize: optional(
      integer('Connections that a pooler opens to its upstream at most: all its pools there, reserve included.'),
    ),
    prepares: optional(boolean('Whether a pooler keeps track of the statements that its clients prepare.')),
    upstream: optional(text('Host name of the server behind a pooler.')),
    unit: optional(text('The unit that it is said of, as in workload, where its place does not tell.')),
  },
);
