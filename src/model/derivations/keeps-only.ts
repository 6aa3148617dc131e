import { choice, isKind, type FactOf } from '../../facts/fact.js';
import { storeConnection } from '../../facts/store-connection.js';
import { storeMemory } from '../../facts/store-memory.js';
import { isUnknown } from '../../location.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';
import { leadsTo } from '../leads-to.js';

/** What people call a store of copies. */
const CACHE = /(?:^|[-_./])caches?(?:$|[-_./])/i;
const MORE = /(?:^|[-_./])(?:brokers?|queues?|sessions?|jobs?|main|persistent|channels?|locks?)(?:$|[-_./])/i;

export const keepsOnly: FactDerivation = {
  name: 'keepsOnly',
  kinds: ['store-memory'],
  property: choice(
    ['copies', 'originals'],
    'What a store in memory is used for: copies alone, or anything that would be lost. Absent where nobody tells.',
  ),
  derive(fact, part, system) {
    if (!isKind(storeMemory, fact)) return undefined;
    const users = usersOf(part, system);
    const original = users.find((one) => known(one.properties.keeps) === 'originals');
    if (original !== undefined)
      return derived('originals', [
        {
          message: `what would be lost is kept there (${known(original.properties.name) ?? ''})`,
          location: original.location,
        },
      ]);
    const byName = CACHE.test(part.name) && !MORE.test(part.name);
    if (byName) return derived('copies', [{ message: 'its name says what it is for', location: part.location }]);
    const [first] = users;
    if (first === undefined || isNamedElsewhere(system)) return undefined;
    if (users.some(({ properties: { keeps } }) => isUnknown(keeps))) return undefined;
    return derived('copies', [
      { message: `it is used as a cache (${known(first.properties.name) ?? ''})`, location: first.location },
    ]);
  },
};

/** Those that connect to a store. What the code says of it is the whole of it; a variable alone says less. */
export function usersOf(store: Part, system: System): FactOf<typeof storeConnection>[] {
  return system.parts.flatMap((part) => {
    const all = part.facts
      .filter((fact) => isKind(storeConnection, fact))
      .filter(({ properties: { host } }) => leadsTo(known(host), part, store, system));
    const code = all.filter(({ properties }) => known(properties.said) === 'code');
    return code.length > 0 ? code : all;
  });
}

/** Somebody uses a store that nothing here names: it may be this one. */
function isNamedElsewhere(system: System): boolean {
  return system.parts.some((part) =>
    part.facts.some((fact) => isKind(storeConnection, fact) && isUnknown(fact.properties.host)),
  );
}
