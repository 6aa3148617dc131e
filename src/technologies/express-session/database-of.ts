import type { Scope } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import type { Evidence, Maybe } from '../../location.js';
import { ownDatabase } from '../own-database.js';

/** Stores that are given an object of a mapper: which database it is stands in the mapper's own configuration. */
const MAPPERS = /^(?:connect-typeorm|@quixo3\/prisma-session-store|prisma-session-store)$/;

/** Whether the database behind a mapper is a server; undefined for stores that say themselves where they connect. */
export function databaseOf(
  program: Program,
  store: string,
): { readonly scope: Maybe<Scope>; readonly evidence: readonly Evidence[] } | undefined {
  if (!MAPPERS.test(store)) return undefined;
  return { scope: ownDatabase(program, store !== 'connect-typeorm'), evidence: [] };
}
