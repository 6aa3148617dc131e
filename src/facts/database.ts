import { choice, defineFact, optional, SCOPES, text } from './fact.js';

export const database = defineFact('database', 'A database that the application keeps its data in.', {
  name: text('Its name among the databases of the application: "default".'),
  engine: text('The product, by the name that its makers give it.'),
  scope: choice(SCOPES, 'Who can reach the same data: a file on disk is one host, a server everyone.'),
  setting: text('The setting that decides it.'),
  remedy: text('The smallest change that makes it shared, as a line to write.'),
  host: optional(text('Host name of the server.')),
  path: optional(text('The file on disk, where it is one.')),
});
