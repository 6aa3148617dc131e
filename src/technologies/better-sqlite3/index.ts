import { nodePackage } from '../node-package.js';

export const technology = nodePackage('better-sqlite3', 'SQLite for Node', [
  'better-sqlite3',
  'sqlite3',
  'sqlite',
  '@libsql/client',
  'drizzle-orm',
]);
