import { databaseConnection } from '../../facts/database-connection.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isGivenPool, prismaClients, prismaDatabase } from './clients.js';

export function* fromProgram(program: Program): Iterable<Stated> {
  const database = prismaDatabase(program);
  if (database === undefined || database.engine === 'sqlite') return;
  // The pool that a driver adapter is given is that of the driver, which states it.
  if (isGivenPool(program)) return;
  for (const { location, perRequest, maximum, explicit, assumed, setting } of prismaClients(program, database)) {
    const common = { name: 'default', ...(database.host === undefined ? {} : { host: database.host }) };
    yield perRequest === undefined
      ? state(
          databaseConnection,
          location,
          {
            ...common,
            lifetime: 'pooled',
            explicit,
            ...(assumed === undefined ? {} : { assumed }),
            setting,
            remedy: '',
            poolMaximum: maximum,
          },
          [{ message: 'the database is named here', location: database.datasource.location }],
        )
      : state(
          databaseConnection,
          location,
          {
            ...common,
            lifetime: 'request',
            explicit: true,
            setting: 'a client of its own for each request',
            remedy: 'export const prisma = new PrismaClient() in a module of its own',
          },
          perRequest,
        );
  }
}
