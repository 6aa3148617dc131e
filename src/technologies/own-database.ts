import type { Scope } from '../facts/fact.js';
import type { Program } from '../link/program.js';
import { unknown, type Maybe } from '../location.js';

const SERVERS = ['pg', 'mysql', 'mysql2', 'mariadb', 'mssql', 'oracledb', 'mongodb', 'mongoose', 'postgres'];
const FILES = ['sqlite3', 'better-sqlite3', 'sql.js', '@libsql/client'];

/** Whether the database of a component is a server, where only what is installed tells: its schema, else its drivers. */
export function ownDatabase(program: Program, asksSchema = true): Maybe<Scope> {
  const schema = asksSchema ? provider(program) : undefined;
  if (schema !== undefined) return schema === 'sqlite' ? 'host' : 'cluster';
  const has = (name: string): boolean => program.javascript.dependency(name)?.development === false;
  const isServed = SERVERS.some(has);
  const isFile = FILES.some(has);
  return isServed === isFile
    ? unknown<Scope>('which database the mapper talks to is not known', ['host', 'cluster'])
    : isFile
      ? 'host'
      : 'cluster';
}

function provider({ inventory }: Program): string | undefined {
  return inventory.files
    .filter(({ path }) => path.endsWith('.prisma'))
    .map(({ path }) => /datasource\s+\w+\s*\{[^}]*?provider\s*=\s*"(\w+)"/.exec(inventory.read(path) ?? '')?.[1])
    .find((found) => found !== undefined);
}
