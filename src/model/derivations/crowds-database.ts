import { autoscaler } from '../../facts/autoscaler.js';
import { connectionLimit } from '../../facts/connection-limit.js';
import { databaseConnection } from '../../facts/database-connection.js';
import { database } from '../../facts/database.js';
import { boolean, isKind } from '../../facts/fact.js';
import { isUnknown, unknown } from '../../location.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';
import { leadsTo } from '../leads-to.js';

/** Words in a host name, or in the name of what sets it, for something that shares connections. */
const SHARES = /proxy|pool|bouncer|accelerate/i;

/** Of a server whose limit is read the sum is told elsewhere. */
export const crowdsDatabase: FactDerivation = {
  name: 'crowdsDatabase',
  kinds: ['autoscaler'],
  property: boolean(
    'Whether each instance that it starts opens a connection to a database server, with nothing between that shares them.',
  ),
  derive(fact, part, system) {
    if (!isKind(autoscaler, fact) || fact.properties.bound === undefined) return undefined;
    const servers = part.facts
      .filter((one) => isKind(database, one))
      .filter((one) => known(one.properties.scope) === 'cluster');
    const connection = part.facts
      .filter((one) => isKind(databaseConnection, one))
      .find((one) => servers.some(({ properties: { name } }) => known(name) === known(one.properties.name)));
    if (connection === undefined) return undefined;
    const { host } = connection.properties;
    const limited = system.parts.filter((one) => one.facts.some((other) => isKind(connectionLimit, other)));
    if (limited.some((one) => leadsTo(known(host), part, one, system))) return undefined;
    if (isUnknown(host) ? SHARES.test(host.unknown) : SHARES.test(host ?? '')) return derived(false);
    // An address that nobody told may be that of any pooler there is.
    if (known(host) === undefined && limited.some(({ role }) => role === 'pooler'))
      return derived<boolean>(unknown('which of the servers and poolers it connects to is not told'));
    return derived(true, [{ message: 'each instance connects as set here', location: connection.location }]);
  },
};
