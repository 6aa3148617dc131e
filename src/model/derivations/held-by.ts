import { databaseConnection } from '../../facts/database-connection.js';
import { choice, isKind } from '../../facts/fact.js';
import { derived, type FactDerivation } from '../derivation.js';
import { serverOf } from './processes.js';

/** By what a process serves requests decides whether what one request leaves open is there for the next. */
export const heldBy: FactDerivation = {
  name: 'heldBy',
  kinds: ['database-connection'],
  property: choice(
    ['sync', 'threads', 'event-loop', 'greenlets'],
    'How the process serves requests in which a connection is kept; absent where it has one connection for all of them.',
  ),
  derive(fact, part) {
    const server = serverOf(part);
    if (!isKind(databaseConnection, fact) || server === undefined) return undefined;
    if (fact.properties.lifetime === 'persistent' && fact.properties.poolMaximum !== undefined) return undefined;
    return derived(server.properties.concurrency, [{ message: 'requests are served here', location: server.location }]);
  },
};
