import { connectionLimit } from '../facts/connection-limit.js';
import { databaseConnection } from '../facts/database-connection.js';
import { isKind, type FactOf } from '../facts/fact.js';
import { isUnknown, type Evidence, type Maybe } from '../location.js';
import type { Part, System } from './component.js';
import { known } from './deployment.js';
import { isHostOf } from './balances.js';
import { connectionsTo } from './derivations/connections-per-instance.js';

export type Limit = FactOf<typeof connectionLimit>;

/** What one component takes of a limit. */
export interface Share {
  readonly part: Part;
  /** Instances at most, those that overlap during a roll-out included; 1 for a sidecar's neighbour. */
  readonly instances: Maybe<number>;
  readonly perInstance: Maybe<number>;
  /** How one instance comes to that number: "4 processes x 2 threads". */
  readonly how: string;
  readonly evidence: readonly Evidence[];
}

export interface Budget {
  readonly shares: readonly Share[];
  /** Connections that are there to be taken: those accepted less those reserved, over all instances of a pooler. */
  readonly available: Maybe<number>;
}

/** Who takes connections of a limit, and how many there are. Undefined where nobody known does. */
export function budgetOf(limit: Limit, holder: Part, system: System): Budget | undefined {
  const shares: Share[] = [];
  for (const part of system.parts) {
    const neighbour = part !== holder && isNeighbour(part, holder);
    const leading = part.facts
      .filter((fact) => isKind(databaseConnection, fact))
      .filter(({ properties: { host } }) => leadsTo(known(host), holder, neighbour));
    const [first] = leading;
    if (first !== undefined) shares.push(share(part, neighbour, connectionsTo(part, leading), first.location));
    for (const fact of part.facts) {
      if (
        isKind(connectionLimit, fact) &&
        fact !== limit &&
        part !== holder &&
        known(fact.properties.side) === 'pooler'
      ) {
        const upstream = known(fact.properties.upstream);
        if (upstream !== undefined && fact.properties.poolSize !== undefined && leadsTo(upstream, holder, neighbour)) {
          shares.push(
            share(
              part,
              neighbour,
              { value: fact.properties.poolSize, evidence: [{ message: 'its pool', location: fact.location }] },
              fact.location,
            ),
          );
        }
      }
    }
  }
  return shares.length === 0 ? undefined : { shares, available: availableOf(limit, holder, shares) };
}

function isNeighbour(part: Part, holder: Part): boolean {
  const unit = known(part.workload?.properties.unit);
  return unit !== undefined && unit === known(holder.workload?.properties.unit);
}

function leadsTo(host: string | undefined, holder: Part, neighbour: boolean): boolean {
  if (host === undefined) return false;
  return neighbour ? /^(localhost|127\.0\.0\.1|::1)$/.test(host) : isHostOf(host, holder);
}

function share(
  part: Part,
  neighbour: boolean,
  perInstance: { value: Maybe<number>; evidence: readonly Evidence[] } | undefined,
  location: Evidence['location'],
): Share {
  const instances = part.properties.instances;
  const count: Maybe<number> = neighbour
    ? 1
    : instances === undefined
      ? { unknown: 'instances unknown' }
      : isUnknown(instances.value)
        ? instances.value
        : instances.value + surgeOf(part, instances.value);
  return {
    part,
    instances: count,
    perInstance: perInstance?.value ?? { unknown: 'how many connections one instance opens is not told' },
    how: perInstance?.evidence[0]?.message ?? '',
    evidence: [
      { message: `${part.name} connects as set here`, location },
      ...(instances?.evidence ?? []),
      ...(perInstance?.evidence ?? []),
    ],
  };
}

/** Instances that start before old ones stop. An autoscaler changes what a share of them is. */
export function surgeOf(part: Part, instances: number): number {
  const percent = known(part.workload?.properties.surgePercent);
  return percent === undefined ? (known(part.workload?.properties.surge) ?? 0) : Math.ceil((instances * percent) / 100);
}

function availableOf(limit: Limit, holder: Part, shares: readonly Share[]): Maybe<number> {
  const { clients, reserved, side, poolMode, poolSize } = limit.properties;
  if (isUnknown(clients)) return clients;
  if (isUnknown(reserved)) return reserved;
  const instances = known(side) === 'pooler' ? (known(holder.properties.instancesAtLeast?.value) ?? 1) : 1;
  // In session mode a client that stays connected keeps a server connection to itself: those beyond the pool wait.
  const bound =
    known(poolMode) === 'session' && shares.some(({ part }) => staysConnected(part)) ? known(poolSize) : undefined;
  return Math.min(clients - reserved, bound ?? Infinity) * instances;
}

function staysConnected(part: Part): boolean {
  return part.facts.some(
    (fact) =>
      isKind(databaseConnection, fact) && ['persistent', 'pooled'].includes(known(fact.properties.lifetime) ?? ''),
  );
}

/** What is taken at least, and why it may be more. */
export function demandOf(budget: Budget): { atLeast: number; open: string | undefined; arithmetic: string } {
  let atLeast = 0;
  let open: string | undefined;
  const terms: string[] = [];
  for (const { part, instances, perInstance } of budget.shares) {
    const count = known(instances);
    const each = known(perInstance);
    if (count !== undefined && each !== undefined) {
      atLeast += count * each;
      terms.push(`${count} ${part.name} x ${each}`);
    } else {
      const reason = isUnknown(instances)
        ? instances.unknown
        : isUnknown(perInstance)
          ? perInstance.unknown
          : 'unknown';
      open ??= `${part.name}: ${reason}`;
      terms.push(`${count ?? '?'} ${part.name} x ${each ?? '?'}`);
    }
  }
  const sum = terms.join(' + ');
  return { atLeast, open, arithmetic: open === undefined ? `${sum} = ${atLeast}` : sum };
}
