import { boolean, isKind } from '../../facts/fact.js';
import { healthView } from '../../facts/health-view.js';
import { probe } from '../../facts/probe.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

/** Where a path leads is told by the code of the component alone; what nobody tells of is no matter of doubt. */
export const hangsOnDatabase: FactDerivation = {
  name: 'hangsOnDatabase',
  kinds: ['probe'],
  property: boolean('Whether the answer to a probe hangs on a database.'),
  derive(fact, part) {
    if (!isKind(probe, fact)) return undefined;
    if (known(fact.properties.asks) === 'database') return derived<boolean>(true);
    const path = plain(known(fact.properties.path));
    if (path === undefined) return undefined;
    const view = part.facts
      .filter((one) => isKind(healthView, one))
      .find((one) => plain(known(one.properties.path)) === path);
    if (view === undefined) return undefined;
    return derived(view.properties.asksDatabase, [
      { message: 'this answers it', location: view.location },
      ...view.evidence,
    ]);
  },
};

/** Without the slashes at its ends and what is asked behind it. */
function plain(path: string | undefined): string | undefined {
  return path?.split('?')[0]?.replace(/^\/|\/$/g, '');
}
