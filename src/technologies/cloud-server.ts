import { connectionLimit } from '../facts/connection-limit.js';
import { state, type Stated } from '../facts/fact.js';
import { standby as standbyFact } from '../facts/standby.js';
import { workload } from '../facts/workload.js';
import { unknown, type Location, type Maybe } from '../location.js';
import type { Audience } from './audience.js';
import { maybe, numberOf, type Data } from './evaluated.js';
import type { DefaultLimit } from './managed-limits.js';
import { managedReleases } from './managed-releases.js';
import { runtimeOf } from './release-lines.js';
import { placeOf } from './task-containers.js';

/** A server that a cloud runs as a service of its own. */
export interface CloudServer {
  readonly unit: string;
  /** What its host name begins with. */
  readonly name: string;
  readonly audience: Audience;
  readonly service: 'database' | 'store' | 'pooler';
  readonly product: string;
  readonly head: Location;
  readonly limit?: ServerLimit;
  /** Of a pooler. */
  readonly pool?: { readonly size: Maybe<number>; readonly upstream: string; readonly location: Location };
  readonly standby?: Standby;
  readonly release?: { readonly engine: string; readonly version: string; readonly location: Location };
}

/** What takes over when it fails; for what its maker always keeps twice nothing is told. */
export interface Standby {
  readonly taker: Maybe<'present' | 'absent'>;
  readonly setting: string;
  readonly remedy: string;
  readonly location: Location;
}

export interface ServerLimit {
  readonly clients: Maybe<number>;
  readonly reserved: number;
  readonly explicit: boolean;
  readonly setting: string;
  readonly location: Location;
}

/** What is set overrules what follows of the size. */
export function limitOf(byDefault: DefaultLimit, set: Data | undefined, location: Location): ServerLimit {
  const { reserved, setting } = byDefault;
  if (set === undefined) return { clients: byDefault.clients, reserved, explicit: false, setting, location };
  return {
    clients: maybe(set, numberOf),
    reserved,
    explicit: true,
    setting: 'max_connections',
    location: placeOf(set) ?? location,
  };
}

/** A share of what the server behind a pooler accepts. */
export function shareOf(behind: CloudServer | undefined, percent: number): Maybe<number> {
  const clients = behind?.limit?.clients;
  return typeof clients === 'number'
    ? Math.floor((clients * percent) / 100)
    : unknown('how many the server behind it accepts is not known');
}

export function stateServer(server: CloudServer): Stated {
  return state(workload, server.head, {
    service: server.service,
    unit: server.unit,
    name: server.name,
    container: server.product,
    controller: 'stateful',
    placement: 'many-hosts',
    audience: server.audience,
    replicas: 1,
    replicasExplicit: false,
    ...{ strategy: 'rolling', surge: 0, singleName: false },
    ...{ readinessProbe: 'present', cpuRequest: 'present', memoryRequest: 'present' },
    ports: [],
  });
}

export function* limitsOf({ unit, limit, pool }: CloudServer): Generator<Stated> {
  if (limit !== undefined) {
    const { clients, reserved, explicit, setting, location } = limit;
    yield state(connectionLimit, location, { side: 'server', clients, reserved, explicit, setting, unit });
  }
  if (pool !== undefined) {
    yield state(connectionLimit, pool.location, {
      side: 'pooler',
      clients: unknown('its makers name no number of clients that it accepts'),
      reserved: 0,
      explicit: false,
      setting: 'the share of connections that its pool may take',
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html
      poolMode: 'transaction',
      poolSize: pool.size,
      upstream: pool.upstream,
      unit,
    });
  }
}

export function* releaseOf({ unit, release }: CloudServer): Generator<Stated> {
  const lines = release === undefined ? undefined : managedReleases(release.engine);
  if (release !== undefined && lines !== undefined)
    yield* runtimeOf(lines, release.version, release.location, [], unit);
}

export function* standbyOf({ unit, product, standby }: CloudServer): Generator<Stated> {
  if (standby === undefined) return;
  const { taker, setting, remedy, location } = standby;
  yield state(standbyFact, location, { product, taker, setting, remedy, unit });
}
