import { database } from '../facts/database.js';
import { databaseConnection } from '../facts/database-connection.js';
import { state, type Stated } from '../facts/fact.js';
import type { Program } from '../link/program.js';
import { isUnknown } from '../location.js';
import type { ClientKind } from './client-options.js';
import { databaseClients, type DatabaseClient } from './database-clients.js';

/** The databases that clients of a package talk to, each once. */
export function* databasesOf(program: Program, kind: ClientKind): Iterable<Stated> {
  const told = new Set<string>();
  for (const client of databaseClients(program, kind)) {
    const { name, engine, scope, host, path, addressedBy, made } = client;
    const key = JSON.stringify([engine, scope, host, path]);
    if (told.has(key)) continue;
    told.add(key);
    yield state(database, made, {
      name,
      engine,
      scope,
      setting: isFile(client) ? 'the path of its file' : addressedBy,
      remedy:
        scope === 'cluster'
          ? ''
          : isFile(client)
            ? 'DATABASE_URL=postgres://…'
            : 'one that all machines reach by its name, which a variable gives',
      ...(host === undefined ? {} : { host }),
      ...(path === undefined ? {} : { path }),
    });
  }
}

/** How clients of a package open connections. A file is opened, not connected to. */
export function* connectionsOf(program: Program, kind: ClientKind): Iterable<Stated> {
  for (const client of databaseClients(program, kind)) {
    if (isFile(client)) continue;
    const { name, lifetime, explicit, assumed, setting, remedy, host, maximum, location, evidence } = client;
    yield state(
      databaseConnection,
      location,
      {
        name,
        lifetime,
        explicit,
        setting,
        remedy,
        ...(host === undefined ? {} : { host }),
        ...(assumed === undefined ? {} : { assumed }),
        ...(maximum === undefined ? {} : { poolMaximum: maximum }),
      },
      evidence,
    );
  }
}

function isFile({ engine }: DatabaseClient): boolean {
  return engine === 'sqlite' || (isUnknown(engine) && engine.candidates?.includes('sqlite') === true);
}
