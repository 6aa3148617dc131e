import { databaseConnection } from '../../facts/database-connection.js';
import type { storeConnection } from '../../facts/store-connection.js';
import { integer, isKind, type FactOf } from '../../facts/fact.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Part } from '../component.js';
import { derived, type Derivation } from '../derivation.js';
import type { Derived } from '../model.js';
import { serverOf } from './processes.js';

export const connectionsPerInstance: Derivation<'connectionsPerInstance'> = {
  name: 'connectionsPerInstance',
  property: integer('Connections that one instance opens to its database at most.'),
  derive(part) {
    const connections = part.facts.filter((fact) => isKind(databaseConnection, fact));
    const first = connections.find((one) => hostOf(one) !== undefined) ?? connections[0];
    if (first === undefined) return derived<number>(unknown('it opens no database connection that is known'));
    const host = hostOf(first);
    return connectionsTo(
      part,
      connections.filter((one) => hostOf(one) === host),
    );
  },
};

type Connection = FactOf<typeof databaseConnection> | FactOf<typeof storeConnection>;

function hostOf({ properties: { host } }: FactOf<typeof databaseConnection>): string | undefined {
  return host === undefined || isUnknown(host) ? undefined : host;
}

/** What one instance opens through several of its connections: a process may hold several pools. */
export function connectionsTo(part: Part, connections: readonly Connection[]): Derived<number> {
  const each = connections.map((one) => through(part, one));
  const [first] = each;
  if (first === undefined || each.length === 1) return first ?? derived(0);
  const open = each.find(({ value }) => isUnknown(value));
  if (open !== undefined) return open;
  const [how, ...others] = each.map(({ evidence: [evidence] }) => evidence);
  if (how === undefined) return first;
  return derived(
    each.reduce((sum, { value }) => sum + (isUnknown(value) ? 0 : value), 0),
    [
      { ...how, message: [how, ...others].map((one) => one?.message ?? '').join(' + ') },
      ...each.flatMap(({ evidence }) => evidence.slice(1)),
    ],
  );
}

/** Processes times what one process holds at once: its pool's maximum, else one for each request that it serves at the same time. */
function through(part: Part, connection: Connection): Derived<number> {
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
  const { concurrency, threads } = server.properties;
  const pool = sizeOf(connection, concurrency, threads);
  // Green threads are made for whatever comes in; only a worker was told how many tasks to take at once.
  if (pool === undefined && (concurrency === 'event-loop' || (concurrency === 'greenlets' && part.role !== 'worker'))) {
    return derived<number>(unknown('one process serves many requests at once, and nothing bounds its connections'), [
      { message: 'it is started here', location: server.location },
    ]);
  }
  const held = pool ?? threads;
  if (isUnknown(held)) return derived<number>(unknown(held.unknown), processes.evidence);
  const noun = nounOf(
    pool !== undefined,
    isKind(databaseConnection, connection) && connection.properties.lifetime === 'persistent',
    concurrency === 'greenlets',
    held,
  );
  const many = processes.value === 1 ? 'process' : 'processes';
  return derived(processes.value * held, [
    { message: `${processes.value} ${many} x ${held} ${noun}`, location: server.location },
    { message: 'connections are set here', location: connection.location },
  ]);
}

type Server = NonNullable<ReturnType<typeof serverOf>>['properties'];

/** What a pool comes to: no more than are asked for at the same time, if it does not open more by itself. */
function sizeOf(
  { properties }: Connection,
  concurrency: Server['concurrency'],
  threads: Server['threads'],
): Maybe<number> | undefined {
  const poolMaximum = properties.poolMaximum;
  const poolMinimum = 'poolMinimum' in properties ? properties.poolMinimum : undefined;
  if (poolMaximum === undefined || isUnknown(poolMaximum)) return poolMaximum;
  if (concurrency !== 'sync' && concurrency !== 'threads') return poolMaximum;
  if (poolMinimum === undefined || isUnknown(poolMinimum) || isUnknown(threads)) return poolMaximum;
  return Math.min(poolMaximum, Math.max(poolMinimum, threads));
}

function nounOf(pooled: boolean, kept: boolean, green: boolean, held: number): string {
  if (pooled) return kept ? (held === 1 ? 'connection' : 'connections') : 'pooled connections';
  return `${green ? 'green ' : ''}${held === 1 ? 'thread' : 'threads'}`;
}
