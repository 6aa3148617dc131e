import { autoscaler } from '../facts/autoscaler.js';
import { environmentVariable } from '../facts/environment-variable.js';
import { probe } from '../facts/probe.js';
import { state, type FactOf, type Stated } from '../facts/fact.js';
import { volumeClaim } from '../facts/volume-claim.js';
import { volume } from '../facts/volume.js';
import { workload } from '../facts/workload.js';
import { isUnknown, type Location, type Maybe } from '../location.js';
import type { Audience } from './audience.js';
import { asksDatabase } from './known-pages.js';

type WorkloadValues = FactOf<typeof workload>['properties'];
type Access = 'one-node' | 'one-instance' | 'many-nodes' | 'many-nodes-read-only';

/** What a platform is told to run, in the words of no platform. */
export interface DeployedUnit {
  readonly unit: string;
  readonly name: string;
  readonly audience: Audience;
  readonly controller: 'replicated' | 'stateful' | 'daemon' | 'job' | 'scheduled-job';
  /** Where it is named. */
  readonly head: Location;
  readonly replicas: Maybe<number>;
  /** Where that is said; undefined where it is the default of the platform. */
  readonly replicasAt: Location | undefined;
  /** Where the unit itself takes that number, if it is a value of somewhere else. */
  readonly replicasTakenAt?: Location;
  readonly recreates?: boolean;
  readonly surge?: Maybe<number>;
  readonly surgePercent?: number;
  readonly scaled?: Scaled | undefined;
  /** Whether its platform follows the load where it is told to. */
  readonly elastic?: true;
  /** Something of the platform hands requests to it. */
  readonly published?: true;
  /** Machines that start what is on their disk. */
  readonly machines?: true;
  readonly zones?: Zones | undefined;
  readonly probes?: readonly DeployedProbe[];
  readonly containers: readonly DeployedContainer[];
}

export interface Zones {
  readonly count: number;
  readonly location: Location;
}

/** What a balancer asks an instance again and again. */
export interface DeployedProbe {
  readonly container: string;
  /** What hangs on the answer: requests only, or the life of the instance as well. */
  readonly purpose: 'readiness' | 'liveness';
  readonly port: string;
  readonly path: Maybe<string> | undefined;
  readonly location: Location;
}

export interface Scaled {
  readonly location: Location;
  readonly minimum: Maybe<number>;
  readonly maximum: Maybe<number>;
  /** The only way to say a number there: the same number twice is a fixed one. */
  readonly inherent?: true;
  /** What bounds it where nobody wrote a number: "its platform starts". */
  readonly by?: string;
  /** Of instances that answer one request at a time, who bounds their number. */
  readonly bound?: 'written' | 'account';
  /** Whether anything asks it for more instances, where that is said beside it. */
  readonly policy?: Maybe<'present' | 'absent'>;
}

export interface DeployedContainer {
  readonly name: string;
  readonly location: Location;
  readonly image?: Maybe<string> | undefined;
  readonly imageAt?: Location | undefined;
  readonly buildContext?: string | undefined;
  readonly dockerfile?: string | undefined;
  readonly entrypoint?: readonly string[] | undefined;
  readonly command?: readonly string[] | undefined;
  readonly commandAt?: Location | undefined;
  readonly workingDirectory?: string | undefined;
  readonly variables: readonly DeployedVariable[];
  /** What may set further variables: names of what the repository does not hold. */
  readonly open: readonly string[];
  readonly ports: readonly string[];
  readonly probed: boolean;
  readonly cpu: boolean;
  readonly memory: boolean;
  readonly limit?: MemoryLimit | undefined;
  /** Seconds between the signal to stop and the end. */
  readonly grace?: Grace | undefined;
  readonly mounts: readonly DeployedMount[];
}

export interface Grace {
  readonly seconds: Maybe<number>;
  readonly location: Location | undefined;
}

/** Memory beyond which it is ended. */
export interface MemoryLimit {
  readonly megabytes: Maybe<number>;
  readonly location: Location | undefined;
}

export interface DeployedVariable {
  readonly name: string;
  readonly value: Maybe<string>;
  readonly location: Location;
}

export interface DeployedMount {
  readonly source: string;
  readonly origin: 'claim' | 'claim-per-instance' | 'named' | 'host-path' | 'scratch';
  readonly path: string;
  readonly readOnly: boolean;
  readonly location: Location;
  /** Of a claim, who may mount it. */
  readonly access?: Access;
}

export function* workloadsOf(unit: DeployedUnit): Generator<Stated> {
  for (const container of unit.containers) yield stateContainer(unit, container);
}

/** A number that is written as a range of one. */
function fixedOf({ scaled }: DeployedUnit): Scaled | undefined {
  return scaled?.inherent === true && scaled.minimum === scaled.maximum ? scaled : undefined;
}

function stateContainer(unit: DeployedUnit, container: DeployedContainer): Stated {
  const fixed = fixedOf(unit);
  const replicasAt = fixed?.location ?? unit.replicasAt;
  const { image, buildContext, dockerfile, entrypoint, command, workingDirectory } = container;
  const present = (is: boolean): 'present' | 'absent' => (is ? 'present' : 'absent');
  const optional: Partial<WorkloadValues> = {
    ...(image === undefined ? {} : { image }),
    ...(buildContext === undefined ? {} : { buildContext }),
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(command === undefined ? {} : { command }),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    ...(unit.elastic === undefined ? {} : { elastic: unit.elastic }),
    ...(unit.surgePercent === undefined ? {} : { surgePercent: unit.surgePercent }),
    ...(unit.published === undefined ? {} : { published: unit.published }),
    ...(unit.machines === undefined ? {} : { service: 'machines' as const }),
    ...(unit.zones === undefined ? {} : { zones: unit.zones.count }),
    ...(container.limit === undefined ? {} : { memoryLimit: container.limit.megabytes }),
    ...(container.grace === undefined ? {} : { grace: container.grace.seconds }),
  };
  const at = container.location;
  return state(
    workload,
    replicasAt ?? unit.head,
    {
      unit: unit.unit,
      name: unit.name,
      container: container.name,
      controller: unit.controller,
      placement: 'many-hosts',
      audience: unit.audience,
      replicas: fixed?.maximum ?? unit.replicas,
      replicasExplicit: replicasAt !== undefined,
      strategy: unit.recreates === true ? 'recreate' : 'rolling',
      surge: unit.surge ?? 0,
      singleName: false,
      ...optional,
      environmentSources: container.open.map((name) => `config-map:${name}`),
      readinessProbe: present(container.probed),
      cpuRequest: present(container.cpu),
      memoryRequest: present(container.memory),
      ports: container.ports,
    },
    [],
    {
      readinessProbe: at,
      cpuRequest: at,
      memoryRequest: at,
      image: container.imageAt ?? at,
      ...(unit.replicasTakenAt === undefined ? {} : { replicasExplicit: unit.replicasTakenAt }),
      ...(entrypoint === undefined ? {} : { entrypoint: container.commandAt ?? at }),
      ...(command === undefined ? {} : { command: container.commandAt ?? at }),
      ...(unit.zones === undefined ? {} : { zones: unit.zones.location }),
      ...(container.limit === undefined ? {} : { memoryLimit: container.limit.location ?? at }),
      ...(container.grace === undefined ? {} : { grace: container.grace.location ?? at }),
    },
  );
}

export function* environmentOf(unit: DeployedUnit): Generator<Stated> {
  for (const container of unit.containers) {
    const set = `unit:${unit.unit}/${container.name}`;
    for (const { name, value, location } of container.variables) {
      yield state(environmentVariable, location, { set, name, value });
    }
  }
}

export function* volumesOf(unit: DeployedUnit): Generator<Stated> {
  for (const container of unit.containers) {
    for (const { source, origin, path, readOnly, location } of container.mounts) {
      yield state(volume, location, { unit: unit.unit, container: container.name, source, origin, path, readOnly });
    }
  }
}

/** Storage that several units mount is told once. */
export function* claimsOf(units: readonly DeployedUnit[]): Generator<Stated> {
  const told = new Set<string>();
  for (const { containers } of units) {
    for (const { source, access, location } of containers.flatMap(({ mounts }) => mounts)) {
      if (access === undefined || told.has(source)) continue;
      told.add(source);
      yield state(volumeClaim, location, { name: source, access });
    }
  }
}

export function* autoscalersOf(deployed: DeployedUnit): Generator<Stated> {
  const { unit, scaled, head } = deployed;
  if (scaled === undefined || fixedOf(deployed) !== undefined) return;
  const { location, minimum, maximum, by, policy, bound } = scaled;
  yield state(
    autoscaler,
    location,
    {
      ...{ unit, minimum, maximum },
      ...(by === undefined ? {} : { by }),
      ...(policy === undefined ? {} : { policy }),
      ...(bound === undefined ? {} : { bound }),
    },
    [],
    policy === undefined ? {} : { policy: head },
  );
}

/** Balancers of clouds ask by number. */
export function* probesOf({ unit, probes = [] }: DeployedUnit): Generator<Stated> {
  for (const { container, purpose, port, path, location } of probes) {
    yield state(
      probe,
      location,
      {
        ...{ unit, container, purpose, port, named: 'number' },
        ...(path === undefined ? {} : { path }),
        ...(typeof path === 'string' && asksDatabase(path) ? { asks: 'database' } : {}),
      },
      [],
      { path: location },
    );
  }
}

/**
 * Platforms that start instances as requests come: at rest there are few or none, and that is no single instance,
 * unless no more than one may ever run.
 */
export function onDemand(minimum: Maybe<number>, maximum: Maybe<number>): Maybe<number> {
  if (!isUnknown(maximum) && maximum <= 1) return maximum;
  if (!isUnknown(minimum) && minimum >= 2) return minimum;
  return { unknown: 'its platform starts as many instances as requests need' };
}
