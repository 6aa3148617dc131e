import { databaseConnection } from '../../facts/database-connection.js';
import { isKind, text } from '../../facts/fact.js';
import { derived, type FactDerivation } from '../derivation.js';
import { serverOf } from './processes.js';

export const reuse: FactDerivation = {
  name: 'reuse',
  kinds: ['database-connection'],
  property: text('The smallest change that reuses connections where this server runs the code, as a line to write.'),
  derive(fact, part) {
    if (!isKind(databaseConnection, fact)) return undefined;
    const { remedy, remedyOnLoop, remedyForGreenlets } = fact.properties;
    const concurrency = serverOf(part)?.properties.concurrency;
    const own =
      concurrency === 'event-loop' ? remedyOnLoop : concurrency === 'greenlets' ? remedyForGreenlets : undefined;
    return derived(own ?? remedy);
  },
};
