import { autoscaler } from '../facts/autoscaler.js';
import { environmentVariable } from '../facts/environment-variable.js';
import { state, type FactOf, type Stated } from '../facts/fact.js';
import { volumeClaim } from '../facts/volume-claim.js';
import { volume } from '../facts/volume.js';
import { workload } from '../facts/workload.js';
import { isUnknown, type Location, type Maybe } from '../location.js';
import type { Audience } from './audience.js';

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
  readonly recreates?: boolean;
  readonly surge?: Maybe<number>;
  readonly surgePercent?: number;
  readonly scaled?: Scaled | undefined;
  /** Whether its platform follows the load where it is told to. */
  readonly elastic?: true;
  readonly containers: readonly DeployedContainer[];
}

export interface Scaled {
  readonly location: Location;
  readonly minimum: Maybe<number>;
  readonly maximum: Maybe<number>;
  /** The only way to say a number there: the same number twice is a fixed one. */
  readonly inherent?: true;
  /** What bounds it where nobody wrote a number: "its platform starts". */
  readonly by?: string;
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
  readonly mounts: readonly DeployedMount[];
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
      ...(entrypoint === undefined ? {} : { entrypoint: container.commandAt ?? at }),
      ...(command === undefined ? {} : { command: container.commandAt ?? at }),
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
  const { unit, scaled } = deployed;
  if (scaled === undefined || fixedOf(deployed) !== undefined) return;
  const { location, minimum, maximum, by } = scaled;
  yield state(autoscaler, location, { unit, minimum, maximum, ...(by === undefined ? {} : { by }) });
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
