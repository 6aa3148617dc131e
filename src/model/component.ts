import type { ComponentConfiguration } from '../configuration.js';
import { appServer } from '../facts/app-server.js';
import { autoscaler } from '../facts/autoscaler.js';
import { disruptionBudget } from '../facts/disruption-budget.js';
import { connectionLimit } from '../facts/connection-limit.js';
import { isKind, type Fact } from '../facts/fact.js';
import { loadBalancer } from '../facts/load-balancer.js';
import { runtime } from '../facts/runtime.js';
import { probe } from '../facts/probe.js';
import { proxyCache } from '../facts/proxy-cache.js';
import { standby } from '../facts/standby.js';
import { volume } from '../facts/volume.js';
import { workload } from '../facts/workload.js';
import type { Launch } from '../link/program.js';
import { type Location, type Maybe, unknown } from '../location.js';
import { leadsThrough } from './balances.js';
import { isCoveredBy, isScaledBy } from './keepers.js';
import { volumesOf } from './build.js';
import { isJob, known, type Workload } from './deployment.js';
import type { Draft } from './join.js';
import type { ComponentProperties, ComponentRole } from './model.js';
import { isInside } from '../repository-path.js';
import { concerns } from './relevance.js';

/** A component while it is put together: derivations read it and fill `properties` one by one. */
export interface Part {
  readonly name: string;
  readonly role: ComponentRole;
  readonly directory: string | null;
  readonly audience: Maybe<'production' | 'development' | 'test' | 'example'>;
  readonly location: Location;
  readonly technologies: readonly string[];
  readonly workload: Workload | null;
  readonly launch: Launch;
  readonly configuration: ComponentConfiguration;
  /** How many instances somebody asked to imagine, whatever the deployment and the configuration say. */
  readonly imagined?: number;
  /** Why nothing of its code was read, where that is so. */
  readonly unread: string | undefined;
  /** What the deployment and the code say of it. */
  readonly facts: Fact[];
  readonly properties: Partial<ComponentProperties>;
}

/** All components with all facts, also those that belong to none. */
export interface System {
  /** The day of the audit: `2026-11-21`. */
  readonly today: string;
  readonly parts: readonly Part[];
  readonly facts: readonly Fact[];
}

/** What a draft is known to run, with the role that goes with it. */
export interface Running {
  readonly technology: string;
  readonly role: ComponentRole;
}

export function makePart(
  draft: Draft,
  launch: Launch,
  running: readonly Running[],
  own: readonly Fact[],
  configuration: ComponentConfiguration,
  unread?: string,
): Part {
  const service = known(draft.workload?.properties.service);
  // Machines that a balancer hands requests to answer them, whatever is on their disk.
  const machines = known(draft.workload?.properties.published) === true ? 'web' : 'unknown';
  const role = service === 'machines' ? machines : (service ?? roleOf(draft, running, own));
  return {
    name: draft.name,
    role,
    directory: draft.directory,
    audience:
      draft.workload === null ? unknown('nothing in the repository deploys it') : draft.workload.properties.audience,
    location: draft.location,
    technologies: [...new Set(running.map((one) => one.technology))].sort(),
    workload: draft.workload,
    launch,
    configuration,
    unread,
    facts: own.filter((fact) => concerns(fact, role)),
    properties: {},
  };
}

function roleOf(draft: Draft, running: readonly Running[], own: readonly Fact[]): ComponentRole {
  if (draft.workload !== null && isJob(draft.workload)) return 'job';
  const [first] = running;
  // Code that answers no requests works for something else, whatever runs it.
  if (first?.role === 'web' && own.some(isSilent)) return 'worker';
  const serves = own.some((fact) => isKind(appServer, fact));
  // What only prepares (`migrate`, then whatever it is told, or a program that serves) is not all of an application.
  if (first !== undefined && !(first.role === 'job' && (draft.workload === null || serves))) return first.role;
  if (serves) return 'web';
  if (draft.directory === null) return draft.workload === null ? 'unknown' : publishedRole(draft.name, draft.workload);
  if (draft.workload === null) return 'web';
  // Manifests of workers are copies of the one that serves, its port among the rest: a name is meant, a port need not be.
  const byName = BY_NAME.find(([, names]) => names.test(draft.name))?.[0];
  if (byName !== undefined) return byName;
  return (known(draft.workload.properties.ports) ?? []).length > 0 ? 'web' : 'unknown';
}

/** Words for what answers no requests, where nothing tells what a workload starts. */
const BY_NAME: readonly (readonly [ComponentRole, RegExp])[] = [
  ['scheduler', /(?:^|[-_/])(?:\w{0,20}beat|scheduler|cron|clock)(?:$|[-_/])/i],
  ['worker', /(?:^|[-_/])(?:\w{0,20}worker|consumer|queue)s?(?:$|[-_/])/i],
];

/** Words for what stands before users, where nobody tells what it starts and its platform hands it requests. */
const OF_FRONTS: readonly (readonly [ComponentRole, RegExp])[] = [
  ['proxy', /(?:^|[-_/])(?:proxy|gateway|ingress)(?:$|[-_/])/i],
  ['web', /(?:^|[-_/])(?:web|webserver|website|frontend|www)(?:$|[-_/])/i],
];

/** Whether a name says that nobody waits for an answer. */
export function callsForWork(name: string): boolean {
  return BY_NAME.some(([, names]) => names.test(name));
}

function publishedRole(name: string, { properties }: Workload): ComponentRole {
  if (known(properties.published) !== true || known(properties.placement) !== 'many-hosts') return 'unknown';
  return OF_FRONTS.find(([, names]) => names.test(name))?.[0] ?? 'unknown';
}

function isSilent(fact: Fact): boolean {
  return isKind(appServer, fact) && fact.properties.listens === false;
}

/**
 * Gives each fact of a document to the components that it speaks of: a workload, its volumes and what scales it to itself; the
 * configuration of a product to those that run it, of several to the one that mounts it; anything else to the code it
 * stands in, and where nobody's folder holds it to the component that serves requests.
 */
export function bind(parts: readonly Part[], facts: readonly Fact[]): void {
  const configurations = new Map<string, boolean>();
  const configured = (part: Part, technology: string): boolean => {
    const key = `${technology}\0${part.name}`;
    const found =
      configurations.get(key) ?? facts.some((fact) => fact.technology === technology && mounts(part, fact, facts));
    configurations.set(key, found);
    return found;
  };
  for (const fact of facts) {
    for (const part of ownersOf(fact, parts, facts, configured)) if (concerns(fact, part.role)) part.facts.push(fact);
  }
}

function ownersOf(
  fact: Fact,
  parts: readonly Part[],
  facts: readonly Fact[],
  configured: (part: Part, technology: string) => boolean,
): readonly Part[] {
  if (isKind(workload, fact)) return parts.filter((part) => isSameUnit(part.workload, fact));
  if (isKind(autoscaler, fact)) return parts.filter((part) => isScaledBy(part, fact));
  if (isKind(disruptionBudget, fact)) return parts.filter((part) => isCoveredBy(part, fact) === true);
  if (isKind(volume, fact) || isKind(probe, fact))
    return parts.filter((part) => part.workload !== null && isSameContainer(part.workload, fact));
  const unit = unitOf(fact);
  if (unit !== undefined) return parts.filter((part) => known(part.workload?.properties.unit) === unit);
  // What all of it runs on is told of the project's own, or of whatever is deployed.
  if (isKind(runtime, fact) && known(fact.properties.beneath) === true) {
    const deployed = parts.filter(({ workload: one }) => one !== null && known(one.properties.service) === undefined);
    return deployed.length > 0 ? deployed : parts.slice(0, 1);
  }
  const running = parts.filter((part) => part.technologies.includes(fact.technology));
  if (running.length === 0 && isKind(loadBalancer, fact)) {
    const others = facts.filter((one) => isKind(loadBalancer, one));
    const behind = parts.filter((part) => leadsThrough(fact, part, others));
    // What selects by labels that nobody has stands before something else.
    if (behind.length > 0 || fact.properties.selector !== undefined) return behind;
  }
  if (running.length > 0) {
    // What a deployment says of its own parts is for the proxy that it runs beside them.
    const isBeside = (part: Part): boolean => fact.embedded === undefined && part.location.uri === fact.location.uri;
    const mounting = running.filter((part) => mounts(part, fact, facts) || isBeside(part));
    // Whoever is seen to bring its own configuration runs no other.
    return mounting.length > 0 ? mounting : running.filter((part) => !configured(part, fact.technology));
  }
  // Where a proxy is deployed, what is written for another product is there for those who run that one.
  if (fact.properties.layer === 'proxy' && parts.some(({ role, workload }) => role === 'proxy' && workload !== null))
    return [];
  const inside = parts.filter((part) => part.directory !== null && isInside(fact.location.uri, part.directory));
  const depth = Math.max(...inside.map((part) => part.directory?.length ?? 0));
  const nearest = inside.filter((part) => part.directory?.length === depth);
  if (nearest.length > 0) return nearest;
  // What a host runs before the application is told by nobody else; somebody else's image brings its own.
  const web = parts.filter((part) => part.role === 'web');
  // What stands before everything is told of the first that requests come to, where nobody's folder holds it.
  if (fact.properties.layer === 'cdn' || isKind(proxyCache, fact))
    return (web.length > 0 ? web : parts.filter(isOurs)).slice(0, 1);
  return web.length === 1 && web[0]?.directory !== null ? web : [];
}

function isOurs({ role, workload: one }: Part): boolean {
  return role === 'unknown' && one !== null && known(one.properties.service) === undefined;
}

/** The unit that a fact names, wherever it stands. */
function unitOf(fact: Fact): string | undefined {
  return isKind(connectionLimit, fact) || isKind(runtime, fact) || isKind(standby, fact)
    ? known(fact.properties.unit)
    : undefined;
}

function isSameUnit(a: Workload | null, b: Workload): boolean {
  return a !== null && a.location === b.location && known(a.properties.container) === known(b.properties.container);
}

function isSameContainer(a: Workload, b: Fact): boolean {
  return (
    (isKind(volume, b) || isKind(probe, b)) &&
    known(a.properties.unit) === known(b.properties.unit) &&
    known(a.properties.container) === known(b.properties.container)
  );
}

/** Whether a part sees the file in which a fact stands: mounted from the repository, or as an entry of a set of files. */
function mounts(part: Part, fact: Fact, facts: readonly Fact[]): boolean {
  if (part.launch.mounts.some((mount) => isInside(fact.location.uri, mount.path) && mount.path !== '')) return true;
  if (part.workload === null || fact.embedded === undefined) return false;
  return volumesOf(part.workload, facts).some(
    (one) => known(one.properties.origin) === 'configuration' && one.location.uri === fact.location.uri,
  );
}
