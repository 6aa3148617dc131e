import { databaseConnection } from '../../facts/database-connection.js';
import { integer, isKind } from '../../facts/fact.js';
import { isUnknown, unknown } from '../../location.js';
import { derived, type Derivation } from '../derivation.js';
import { serverOf } from './processes.js';

/** Processes times what one process holds at once: its pool's maximum, else one for each request that it serves at the same time. */
export const connectionsPerInstance: Derivation<'connectionsPerInstance'> = {
  name: 'connectionsPerInstance',
  property: integer('Connections that one instance opens to its database at most.'),
  derive(part) {
    const connection = part.facts.find((fact) => isKind(databaseConnection, fact));
    if (connection === undefined) return derived<number>(unknown('it opens no database connection that is known'));
    const server = serverOf(part);
    const processes = part.properties.processes;
    if (server === undefined && (part.role === 'job' || part.role === 'scheduler')) {
      return derived(1, [{ message: '1 process', location: connection.location }]);
    }
    if (server === undefined || processes === undefined || isUnknown(processes.value)) {
      return derived<number>(
        processes !== undefined && isUnknown(processes.value)
          ? unknown(processes.value.unknown)
          : unknown('no command that starts a server was found'),
      );
    }
    const pool = connection.properties.poolMaximum;
    const { concurrency } = server.properties;
    if (pool === undefined && (concurrency === 'greenlets' || concurrency === 'event-loop')) {
      return derived<number>(unknown('one process serves many requests at once, and nothing bounds its connections'), [
        { message: 'it is started here', location: server.location },
      ]);
    }
    const held = pool ?? server.properties.threads;
    if (isUnknown(held)) return derived<number>(unknown(held.unknown), processes.evidence);
    const noun = pool !== undefined ? 'pooled connections' : held === 1 ? 'thread' : 'threads';
    const many = processes.value === 1 ? 'process' : 'processes';
    return derived(processes.value * held, [
      { message: `${processes.value} ${many} x ${held} ${noun}`, location: server.location },
      { message: 'connections are set here', location: connection.location },
    ]);
  },
};
