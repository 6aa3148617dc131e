import type { Scope } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown, type Evidence, type Maybe } from '../../location.js';

/** Stores that are given an object of a mapper: which database it is stands in the mapper's own configuration. */
const MAPPERS = /^(?:connect-typeorm|@quixo3\/prisma-session-store|prisma-session-store)$/;
const SERVERS = ['pg', 'mysql', 'mysql2', 'mariadb', 'mssql', 'oracledb', 'mongodb', 'postgres'];

/** Whether the database behind a mapper is a server; undefined for stores that say themselves where they connect. */
export function databaseOf(
  program: Program,
  store: string,
): { readonly scope: Maybe<Scope>; readonly evidence: readonly Evidence[] } | undefined {
  if (!MAPPERS.test(store)) return undefined;
  const schema = program.inventory.files
    .filter(({ path }) => path.endsWith('.prisma'))
    .map(
      ({ path }) => /datasource\s+\w+\s*\{[^}]*?provider\s*=\s*"(\w+)"/.exec(program.inventory.read(path) ?? '')?.[1],
    )
    .find((provider) => provider !== undefined);
  if (store !== 'connect-typeorm' && schema !== undefined)
    return { scope: schema === 'sqlite' ? 'host' : 'cluster', evidence: [] };
  const isServed = SERVERS.some((name) => program.javascript.dependency(name)?.development === false);
  const isFile = ['sqlite3', 'better-sqlite3', 'sql.js'].some(
    (name) => program.javascript.dependency(name)?.development === false,
  );
  if (isServed !== isFile) return { scope: isFile ? 'host' : 'cluster', evidence: [] };
  return {
    scope: unknown<Scope>('which database the mapper talks to is not known', ['host', 'cluster']),
    evidence: [],
  };
}
