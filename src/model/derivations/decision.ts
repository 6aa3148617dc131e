import { text } from '../../facts/fact.js';
import { isUnknown, type Maybe } from '../../location.js';
import { derived, type FactDerivation } from '../derivation.js';

/** What decides a fact, for people: the setting, that it is a mere default, the variable that changes it. */
export const decision: FactDerivation = {
  name: 'decision',
  kinds: [
    'session-store',
    'cache',
    'file-store',
    'rate-limiter',
    'realtime-hub',
    'database-connection',
    'connection-limit',
    'debug-mode',
    'logging',
  ],
  property: text('What decides it: the setting, whether it is only the default, the variable that changes it.'),
  derive({ properties }) {
    const setting = properties.setting as Maybe<string> | undefined;
    if (setting === undefined || isUnknown(setting)) return undefined;
    const variable = properties.variable;
    if (typeof variable === 'string' && variable !== '' && variable !== setting) {
      return derived(`${setting}, unless the variable ${variable} says otherwise`);
    }
    return derived(properties.explicit === false ? `${setting} is not set, so its default counts` : setting);
  },
};
