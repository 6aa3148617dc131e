import { connectionLimit } from '../facts/connection-limit.js';
import { databaseConnection } from '../facts/database-connection.js';
import { storeConnection } from '../facts/store-connection.js';
import { isKind, type FactOf } from '../facts/fact.js';
import { isUnknown, type Evidence, type Maybe } from '../location.js';
import type { Part, System } from './component.js';
import { known } from './deployment.js';
import { connectionsTo } from './derivations/connections-per-instance.js';
import { isNeighbour, leadsTo } from './leads-to.js';

export type Limit = FactOf<typeof connectionLimit>;

/** What one component takes of a limit. */
export interface Share {
  readonly part: Part;
  /** Instances at most, those that overlap during a roll-out included; 1 for a sidecar's neighbour. */
  readonly instances: Maybe<number>;
  /** Those of them that start before old ones stop. */
  readonly surge: number;
  readonly perInstance: Maybe<number>;
  /** How one instance comes to that number: "4 processes x 2 threads"; '' where nothing is to be worked out. */
  readonly how: string;
  readonly evidence: readonly Evidence[];
}

export interface Budget {
  readonly shares: readonly Share[];
  /** Connections that are there to be taken: those accepted less those reserved, over all instances of a pooler. */
  readonly available: Maybe<number>;
  /** The same for people, with what it comes from: "97 (100 less 3 reserved)". */
  readonly supply: string;
}

/** What a part connects to, as its code says; a variable that it is given counts where the code says nothing, and once. */
function connectionsOf(part: Part): (FactOf<typeof databaseConnection> | FactOf<typeof storeConnection>)[] {
  const databases = part.facts.filter((fact) => isKind(databaseConnection, fact));
  const stores = part.facts.filter((fact) => isKind(storeConnection, fact));
  const code = stores.filter(({ properties }) => known(properties.said) === 'code');
  const hosts = new Set<unknown>();
  const given = stores.filter(({ properties: { host } }) => !hosts.has(host) && hosts.add(host));
  return [...databases, ...(code.length > 0 ? code : given)];
}

/** Who takes connections of a limit, and how many there are. Undefined where nobody known does. */
export function budgetOf(limit: Limit, holder: Part, system: System): Budget | undefined {
  const shares: Share[] = [];
  for (const part of system.parts) {
    const neighbour = isNeighbour(part, holder);
    const leading = connectionsOf(part).filter(({ properties: { host } }) =>
      leadsTo(known(host), part, holder, system),
    );
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
        if (
          upstream !== undefined &&
          fact.properties.poolSize !== undefined &&
          leadsTo(upstream, part, holder, system)
        ) {
          shares.push(
            share(part, neighbour, { value: fact.properties.poolSize, evidence: [poolOf(fact)] }, fact.location),
          );
        }
      }
    }
  }
  return shares.length === 0 ? undefined : { shares, ...availableOf(limit, holder, shares) };
}

function poolOf({ properties: { poolSize }, location }: Limit): Evidence {
  const size = poolSize === undefined || isUnknown(poolSize) ? 'an unknown number of' : String(poolSize);
  return { message: `${size} pooled connections`, location };
}

function share(
  part: Part,
  neighbour: boolean,
  perInstance: { value: Maybe<number>; evidence: readonly Evidence[] } | undefined,
  location: Evidence['location'],
): Share {
  const asked: Maybe<number> = neighbour ? 1 : (part.properties.instances?.value ?? { unknown: 'instances unknown' });
  const surge = neighbour || isUnknown(asked) ? 0 : surgeOf(part, asked);
  return {
    part,
    instances: isUnknown(asked) ? asked : asked + surge,
    surge,
    perInstance: perInstance?.value ?? { unknown: 'how many connections one instance opens is not told' },
    how: perInstance?.evidence[0]?.message ?? '',
    evidence: [
      { message: `${part.name} connects as set here`, location },
      ...(part.properties.instances?.evidence ?? []),
      ...(surge === 0 || part.workload === null
        ? []
        : [
            {
              message: `${surge} more ${surge === 1 ? 'starts' : 'start'} while it is rolled out`,
              location: part.workload.location,
            },
          ]),
      ...(perInstance?.evidence ?? []),
    ],
  };
}

/** Instances that start before old ones stop. An autoscaler changes what a share of them is. */
export function surgeOf(part: Part, instances: number): number {
  const percent = known(part.workload?.properties.surgePercent);
  return percent === undefined ? (known(part.workload?.properties.surge) ?? 0) : Math.ceil((instances * percent) / 100);
}

function availableOf(limit: Limit, holder: Part, shares: readonly Share[]): Pick<Budget, 'available' | 'supply'> {
  const { clients, reserved, side, poolMode, poolSize } = limit.properties;
  if (isUnknown(clients)) return { available: clients, supply: '' };
  if (isUnknown(reserved)) return { available: reserved, supply: '' };
  const instances = known(side) === 'pooler' ? (known(holder.properties.instancesAtLeast?.value) ?? 1) : 1;
  // In session mode a client that stays connected keeps a server connection to itself: those beyond the pool wait.
  const bound =
    known(poolMode) === 'session' && shares.some(({ part }) => staysConnected(part)) ? known(poolSize) : undefined;
  const each = Math.min(clients - reserved, bound ?? Infinity);
  const from = [
    ...(each < clients - reserved ? ['a pool that binds a connection to each client for as long as it stays'] : []),
    ...(each === clients - reserved && reserved > 0 ? [`${clients} less ${reserved} reserved`] : []),
    ...(instances > 1 ? [`${each} in each of ${instances} instances`] : []),
  ];
  const available = each * instances;
  return { available, supply: `${available}${from.length === 0 ? '' : ` (${from.join(', ')})`}` };
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
  for (const { part, instances, perInstance } of budget.shares) {
    const count = known(instances);
    const each = known(perInstance);
    if (count !== undefined && each !== undefined) {
      atLeast += count * each;
      continue;
    }
    const reason = isUnknown(instances) ? instances.unknown : isUnknown(perInstance) ? perInstance.unknown : 'unknown';
    open ??= `${part.name}: ${reason}`;
  }
  const sum = budget.shares.map(termOf).join(' + ');
  return { atLeast, open, arithmetic: `${sum} = ${open === undefined ? '' : 'at least '}${atLeast}` };
}

/** "(20 + 5 in a roll-out) web x 4 processes x 4 threads". */
function termOf({ part, instances, surge, perInstance, how }: Share): string {
  const count = known(instances);
  const each = known(perInstance);
  const many = count === undefined ? '?' : surge === 0 ? String(count) : `(${count - surge} + ${surge} in a roll-out)`;
  // One process is not worth a factor; one connection is not worth working out.
  const factors = how.replace(/^1 process x /, '');
  const inside = each === undefined ? '?' : each === 1 || factors === '' ? String(each) : factors;
  return `${many} ${part.name} x ${inside.includes(' + ') ? `(${inside})` : inside}`;
}
