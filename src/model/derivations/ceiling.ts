import { choice, SCOPES, type Fact, type Scope } from '../../facts/fact.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { known } from '../deployment.js';
import { derived, type Derivation } from '../derivation.js';
import { standing, STANDINGS } from './standing.js';

/**
 * The narrowest scope of the state that a component cannot do without. A cache of which nobody asks more than speed
 * is not among them: without it the application is slower, not wrong.
 */
export const ceiling: Derivation<'ceiling'> = {
  name: 'ceiling',
  property: choice(SCOPES, 'How far it can grow as it is written.'),
  derive(part, system) {
    let lowest: Scope = 'cluster';
    let lowestFacts: Fact[] = [];
    let open: { readonly reason: string; readonly fact: Fact } | undefined;
    for (const fact of part.facts) {
      if (!standing.kinds.includes(fact.kind) || canDoWithout(fact)) continue;
      const stands = standing.derive(fact, part, system)?.value;
      if (isUnknown(stands)) open ??= { reason: stands.unknown, fact };
      if (typeof stands !== 'string' || stands === STANDINGS[0]) continue;
      const scope = known(fact.properties.scope as Maybe<Scope> | undefined);
      if (scope === undefined || SCOPES.indexOf(scope) > SCOPES.indexOf(lowest)) continue;
      if (scope !== lowest) lowestFacts = [];
      lowest = scope;
      lowestFacts.push(fact);
    }
    // That nothing is known to bound it is no promise where something may.
    if (lowestFacts.length === 0 && open !== undefined) {
      const { fact, reason } = open;
      const message = `${fact.kind.replaceAll('-', ' ')} of which it is not known who sees it`;
      return derived<Scope>(unknown(reason, SCOPES), [{ message, location: fact.location }]);
    }
    if (lowestFacts.length === 0 && part.unread !== undefined)
      return derived<Scope>(unknown(part.unread, SCOPES), [
        { message: 'nothing of its code was read', location: part.location },
      ]);
    return derived(
      lowest,
      lowestFacts.map((fact) => ({
        message: `${fact.kind.replaceAll('-', ' ')} kept by one ${lowest}: ${nameOf(fact)}`,
        location: fact.location,
      })),
    );
  },
};

function canDoWithout(fact: Fact): boolean {
  const purpose = known(fact.properties.purpose as Maybe<string> | undefined);
  const used = known(fact.properties.used as Maybe<boolean> | undefined);
  return (
    used === false ||
    purpose === 'unused' ||
    (fact.kind === 'cache' && purpose === 'general') ||
    (fact.kind === 'shared-memory' && purpose === 'cache') ||
    (fact.kind === 'rate-limiter' && known(fact.properties.protects as Maybe<string> | undefined) === 'requests') ||
    // What no list holds is lost with a process, and asks for no other.
    (fact.kind === 'job-queue' &&
      /^(?:beside|at-once)$/.test(known(fact.properties.runs as Maybe<string> | undefined) ?? '')) ||
    (fact.kind === 'realtime-hub' && known(fact.properties.broadcasts as Maybe<boolean> | undefined) === false) ||
    (fact.kind === 'scheduler' &&
      /^(?:own|removes)$/.test(known(fact.properties.effect as Maybe<string> | undefined) ?? 'own'))
  );
}

function nameOf(fact: Fact): string {
  for (const property of ['store', 'engine', 'name']) {
    const value = known(fact.properties[property] as Maybe<string> | undefined);
    if (value !== undefined) return value;
  }
  return fact.kind;
}
