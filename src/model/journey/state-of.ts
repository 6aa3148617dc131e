import { database } from '../../facts/database.js';
import { isKind, type Fact, type Scope } from '../../facts/fact.js';
import { compareLocations, isUnknown, type Evidence, type Maybe } from '../../location.js';
import { isHostOf } from '../balances.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { standing, STANDINGS, type Standing } from '../derivations/standing.js';
import type { Station } from '../model.js';
import { idOf } from './id-of.js';
import { layerOf } from './layer-of.js';
import type { Steps } from './steps.js';

/**
 * State that components keep, of whatever kind: whatever has a scope. What lies in a component of the system is a step
 * to that component and no station of its own.
 */
export function stateOf(parts: readonly Part[], system: System, steps: Steps): Station[] {
  const stations = new Map<string, Station>();
  for (const part of parts) {
    if (layerOf(part) === undefined) continue;
    for (const fact of part.facts) {
      const scope = fact.properties.scope as Maybe<Scope> | undefined;
      if (scope === undefined || isUnused(fact)) continue;
      const detail: Evidence = { message: describe(fact), location: fact.location };
      const keeper = keeperOf(fact, part, parts, steps);
      if (keeper !== undefined) {
        if (!isKind(database, fact) || !steps.has(idOf(part), idOf(keeper)))
          steps.add(idOf(part), idOf(keeper), detail);
        continue;
      }
      const keptAs = known(fact.properties[nameProperty(fact)] as Maybe<string> | undefined) ?? 'not known where';
      const id = idOfState(fact.kind, scope, keptAs, part);
      const stands = standing.derive(fact, part, system)?.value as Maybe<Standing> | undefined;
      const before = stations.get(id);
      stations.set(id, {
        id,
        layer: isKind(database, fact) ? 'database' : 'state',
        kind: 'state',
        title: keptAs,
        what: fact.kind.replaceAll('-', ' '),
        components: [...new Set([...(before?.components ?? []), part.name])],
        scope,
        standing: worst(before?.standing, stands),
        details: told(before?.details ?? [], detail),
      });
      steps.add(idOf(part), id, detail);
    }
  }
  return [...stations.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Components that run the same code mean the same place; two programs that call theirs alike may not. */
function idOfState(kind: string, scope: Maybe<Scope>, keptAs: string, { directory }: Part): string {
  const owner = directory === null || directory === '' ? '' : ` of ${directory}`;
  return `state ${kind} ${isUnknown(scope) ? 'unknown' : scope} ${keptAs}${owner}`;
}

/** The component that keeps it: the host that it names, or the one that the component talks to and that is what the fact calls its store. */
function keeperOf({ properties }: Fact, part: Part, parts: readonly Part[], steps: Steps): Part | undefined {
  const host = known(properties.host as Maybe<string> | undefined);
  if (host !== undefined) return parts.find((one) => one !== part && isHostOf(host, one));
  const store = known(properties.store as Maybe<string> | undefined)?.toLowerCase();
  if (store === undefined) return undefined;
  return parts.find(
    (one) => one.role === 'store' && one.technologies.includes(store) && steps.has(idOf(part), idOf(one)),
  );
}

/** Nothing keeps anything there. */
function isUnused({ properties }: Fact): boolean {
  return (
    known(properties.used as Maybe<boolean> | undefined) === false ||
    known(properties.purpose as Maybe<string> | undefined) === 'unused'
  );
}

/** What keeps it, whichever word the kind has for that. */
function nameProperty({ properties }: Fact): string {
  return ['store', 'engine', 'keeper', 'product', 'name'].find((one) => typeof properties[one] === 'string') ?? 'store';
}

function describe(fact: Fact): string {
  const { scope, name, setting } = fact.properties as Record<string, Maybe<string> | undefined>;
  const what = fact.kind.replaceAll('-', ' ');
  const called = known(name) ?? known(setting);
  const seen =
    scope === undefined || isUnknown(scope)
      ? `who sees it is not known${scope === undefined ? '' : `: ${scope.unknown}`}`
      : { process: 'seen by one process', host: 'seen by one machine', cluster: 'seen by all' }[scope];
  return `${what}${called === undefined ? '' : ` ${called}`}, ${seen}`;
}

function told(details: readonly Evidence[], detail: Evidence): readonly Evidence[] {
  return details.some(
    ({ message, location }) => message === detail.message && compareLocations(location, detail.location) === 0,
  )
    ? details
    : [...details, detail];
}

/** Unknown is worse than what fits and better than what is known to bite. */
function worst(a: Station['standing'] | undefined, b: Maybe<Standing> | undefined): Station['standing'] {
  if (b === undefined) return a ?? null;
  if (a === undefined || a === null) return b;
  const rank = (one: Maybe<Standing>): number => (isUnknown(one) ? 0.5 : STANDINGS.indexOf(one));
  return rank(b) > rank(a) ? b : a;
}
