import { choice, isKind, SCOPES, type Fact, type Scope } from '../../facts/fact.js';
import { volumeClaim } from '../../facts/volume-claim.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import { volumesOf } from '../build.js';
import type { Part, System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

export const STANDINGS = ['fits', 'tolerated', 'blocking', 'broken'] as const;
export type Standing = (typeof STANDINGS)[number];

/** The principle of the whole tool: the scope of a piece of state against the reach of the component that keeps it. */
export const standing: FactDerivation = {
  name: 'standing',
  kinds: [
    'session-store',
    'cache',
    'database',
    'file-store',
    'shared-memory',
    'rate-limiter',
    'realtime-hub',
    'job-queue',
    'scheduler',
    'lock',
  ],
  property: choice(
    STANDINGS,
    'How the state bears the component: it fits; it is narrower than the target but the component declares itself single; it blocks growth; it is broken today.',
  ),
  derive(fact, part, system) {
    const { reach, single } = part.properties;
    const scope = fact.properties.scope as Maybe<Scope> | undefined;
    if (scope === undefined || reach === undefined || single === undefined) return undefined;
    const alone = standsApart(fact, part);
    if (alone !== undefined) return derived(alone, single.evidence);
    const mounted = mountedScope(fact, part, system);
    if (mounted !== undefined) {
      const value = weigh(mounted.scope, mounted.sharedBetweenInstances ? undefined : known(reach.value), part);
      return derived<Standing>(value, value === 'broken' ? [...reach.evidence, mounted.evidence] : [mounted.evidence]);
    }
    if (isUnknown(scope)) {
      const outcomes = [
        ...new Set((scope.candidates ?? SCOPES).map((candidate) => weigh(candidate, known(reach.value), part))),
      ];
      const [only] = outcomes;
      return outcomes.length === 1 && only !== undefined
        ? derived<Standing>(only)
        : derived<Standing>(unknown(scope.unknown, outcomes));
    }
    const value = weigh(scope, known(reach.value), part);
    return derived<Standing>(value, value === 'broken' ? reach.evidence : value === 'tolerated' ? single.evidence : []);
  },
};

function weigh(scope: Scope, reach: Scope | undefined, part: Part): Standing {
  if (reach !== undefined && SCOPES.indexOf(scope) < SCOPES.indexOf(reach)) return 'broken';
  if (SCOPES.indexOf(scope) >= SCOPES.indexOf(known(part.properties.target?.value) ?? 'cluster')) return 'fits';
  return known(part.properties.single?.value) === true ? 'tolerated' : 'blocking';
}

/** A clock belongs into one instance: a component that serves nobody and runs once is the place for it. */
function standsApart(fact: Fact, { role, properties: { reach, single } }: Part): Standing | undefined {
  if (fact.kind !== 'scheduler' || (role !== 'scheduler' && role !== 'worker')) return undefined;
  // One that is there for nothing else has no reason to grow: only more than one of it is wrong.
  const alone = role === 'scheduler' && fact.properties.scope === 'process';
  if (alone && (isUnknown(reach?.value) || known(reach?.value) === 'process')) return 'fits';
  if (known(reach?.value) !== 'process') return undefined;
  return known(single?.value) === true ? 'fits' : 'tolerated';
}

/** A folder that is mounted from elsewhere is as wide as what it is mounted from. */
function mountedScope(
  fact: Fact,
  part: Part,
  system: System,
): { scope: Scope; sharedBetweenInstances: boolean; evidence: Evidence } | undefined {
  const path = known(fact.properties.path as Maybe<string> | undefined);
  if (path === undefined || part.workload === null) return undefined;
  const holding = volumesOf(part.workload, system.facts).find((one) => {
    const mount = known(one.properties.path)?.replace(/\/+$/, '');
    return mount !== undefined && (path === mount || path.startsWith(`${mount}/`));
  });
  if (holding === undefined) return undefined;
  const source = known(holding.properties.source) ?? 'a volume';
  const origin = known(holding.properties.origin);
  const at = (message: string): Evidence => ({ message, location: holding.location });
  if (origin === 'claim') {
    const claim = system.facts
      .filter((one) => isKind(volumeClaim, one))
      .find(
        (one) => known(one.properties.name) === source || known(one.properties.name)?.endsWith(`/${source}`) === true,
      );
    const access = known(claim?.properties.access);
    if (access === 'many-nodes')
      return {
        scope: 'cluster',
        sharedBetweenInstances: true,
        evidence: at(`it stands on the volume ${source}, which many nodes may mount`),
      };
    if (access === 'one-node' || access === 'one-instance')
      return {
        scope: 'host',
        sharedBetweenInstances: false,
        evidence: at(`it stands on the volume ${source}, which only one node may mount`),
      };
    return undefined;
  }
  if (origin === 'named' || origin === 'host-path') {
    const oneHost = known(part.workload.properties.placement) === 'one-host';
    return {
      scope: 'host',
      sharedBetweenInstances: oneHost,
      evidence: at(`it stands on ${source}, which the instances on one machine share`),
    };
  }
  return undefined;
}
