import { blockingCall } from '../../facts/blocking-call.js';
import { boolean, isKind } from '../../facts/fact.js';
import { isUnknown, unknown } from '../../location.js';
import { derived, type FactDerivation } from '../derivation.js';
import { serverOf } from './processes.js';

/** A thread that waits holds up one request; a loop that waits holds up all that it serves. */
export const blocksLoop: FactDerivation = {
  name: 'blocksLoop',
  kinds: ['blocking-call'],
  property: boolean('Whether all other requests of the process wait with it.'),
  derive(fact, part) {
    if (!isKind(blockingCall, fact)) return undefined;
    if (fact.properties.loop === 'always') return derived(true);
    // Who states that has seen the server.
    if (fact.properties.loop === 'by-greenlets') return derived(true);
    const server = serverOf(part);
    if (server === undefined && part.role !== 'web' && part.role !== 'unknown') return derived(false);
    if (server === undefined) return derived<boolean>(unknown('which server runs the code is not told'));
    const { concurrency, server: name } = server.properties;
    if (isUnknown(concurrency)) return derived<boolean>(unknown(concurrency.unknown));
    const message = `${isUnknown(name) ? 'its server' : name} serves ${concurrency === 'event-loop' ? 'all requests of a process on one event loop' : 'each request on a thread of its own'}`;
    return derived(concurrency === 'event-loop', [{ message, location: server.location }]);
  },
};
