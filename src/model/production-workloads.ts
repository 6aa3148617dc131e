import { isKind, type Fact } from '../facts/fact.js';
import { workload } from '../facts/workload.js';
import { groupBy } from '../group-by.js';
import type { Maybe, Notification } from '../location.js';
import { folderOf, isInside } from '../repository-path.js';
import { chooseDescription } from './choose-description.js';
import { known, type Workload } from './deployment.js';
import { developedFiles } from './developed-files.js';
import { oneEnvironment } from './environments-beside.js';
import type { Ground } from './ground.js';

/**
 * The workloads that run in production, as far as the repository tells. Deployments for development, tests and examples
 * say nothing about production. Where one deployment spreads over many machines and another holds a single one, the
 * wide one is production and the other is how people start the system at home.
 */
export function productionWorkloads(
  facts: readonly Fact[],
  ground: Ground,
): { workloads: Workload[]; notifications: Notification[] } {
  const notifications: Notification[] = [];
  const told = facts
    .filter((fact) => isKind(workload, fact))
    .filter((fact) => known(fact.properties.audience) === 'production');
  const developed = developedFiles(told, facts);
  const environments = oneEnvironment(
    told.filter(({ location: { uri } }) => !developed.has(uri)),
    facts,
  );
  const production = environments.workloads;
  notifications.push(...environments.notifications);
  const { collection } = ground;
  const systems = collection === undefined ? 0 : systemsOf(production);
  if (collection !== undefined && systems >= SEVERAL) {
    const message = `left aside: the repository says that it is a collection, and describes ${systems} systems that have nothing to do with each other; audit the folder of one to have it judged`;
    return { workloads: [], notifications: [{ level: 'note', message, location: collection }] };
  }
  const { chosen, message } = chooseDescription(production, facts, ground);
  const taken = new Set(chosen.map((fact) => fact.location));
  const aside = new Set(production.filter((fact) => !taken.has(fact.location)).map((fact) => fact.location.uri));
  for (const uri of aside) {
    const location = production.find((fact) => fact.location.uri === uri)?.location;
    notifications.push(location === undefined ? { level: 'note', message } : { level: 'note', message, location });
  }
  return { workloads: merge(chosen), notifications };
}

/** From here on deployments beside each other are no parts of one system. */
const SEVERAL = 3;

/** Folders that describe deployments, and are in none that does. */
function systemsOf(workloads: readonly Workload[]): number {
  const folders = [...new Set(workloads.map((fact) => folderOf(fact.location.uri)))];
  return folders.filter((folder) => !folders.some((other) => other !== folder && isInside(folder, other))).length;
}

/**
 * One workload can be told by several files: a base and its overlay for production. The file that names production
 * speaks first, what it leaves out comes from the others.
 */
function merge(workloads: readonly Workload[]): Workload[] {
  return [...groupBy(workloads, identityOf).values()].map((group) => {
    const [first, ...rest] = group.sort((a, b) => rank(a) - rank(b) || (a.location.uri < b.location.uri ? -1 : 1));
    return rest.reduce(overlay, first);
  });
}

/**
 * Files beside each other that describe one machine are layers or alternatives of one deployment, so a name means the
 * same there; across a cluster the unit says what is the same.
 */
function identityOf(fact: Workload): string {
  const { unit, name, container, placement } = fact.properties;
  const place =
    known(placement) === 'one-host' ? `${folderOf(fact.location.uri)}\0${known(name) ?? ''}` : (known(unit) ?? '');
  return `${fact.technology}\0${place}\0${known(container) ?? ''}`;
}

/** Production first, then the file with the plainest name, then other stages, then what they are built on. */
function rank(fact: Workload): number {
  const path = fact.location.uri.toLowerCase();
  if (path.includes('prod')) return 0;
  if (/stag|preview|review/.test(path)) return 2_000;
  return (path.includes('base') ? 3_000 : 1_000) + path.slice(path.lastIndexOf('/') + 1).length;
}

/**
 * Files beside each other that each say all of a workload under names of one pattern (`stack.small.yaml`,
 * `stack.large.yaml`) are not layers of one another.
 */
function isAlternative(a: Workload, b: Workload): boolean {
  const patternOf = ({ location: { uri } }: Workload): string | undefined =>
    /prod|base|common|override|build|stag/i.test(uri) ? undefined : /([^/]+)\.[\w-]+\.\w+$/.exec(uri)?.[1];
  const isWhole = ({ properties }: Workload): boolean => (properties.image ?? properties.buildContext) !== undefined;
  const pattern = patternOf(a);
  return (
    known(a.properties.placement) === 'one-host' &&
    isWhole(a) &&
    isWhole(b) &&
    pattern !== undefined &&
    pattern === patternOf(b)
  );
}

function overlay(upper: Workload, lower: Workload): Workload {
  if (isAlternative(upper, lower)) return { ...upper, alternatives: [...(upper.alternatives ?? []), lower] };
  const explicit =
    known(upper.properties.replicasExplicit) === true || known(lower.properties.replicasExplicit) !== true;
  return {
    ...upper,
    properties: {
      ...lower.properties,
      ...Object.fromEntries(Object.entries(upper.properties).filter(([, value]) => value !== undefined)),
      ...(explicit ? {} : { replicas: lower.properties.replicas, replicasExplicit: true }),
      environmentSources: [
        ...(known(lower.properties.environmentSources) ?? []),
        ...(known(upper.properties.environmentSources) ?? []),
      ],
      readinessProbe: either(upper.properties.readinessProbe, lower.properties.readinessProbe),
      cpuRequest: either(upper.properties.cpuRequest, lower.properties.cpuRequest),
      memoryRequest: either(upper.properties.memoryRequest, lower.properties.memoryRequest),
    },
    evidence: [...upper.evidence, { message: 'the same workload is also described here', location: lower.location }],
  };
}

function either(a: Maybe<'present' | 'absent'>, b: Maybe<'present' | 'absent'>): Maybe<'present' | 'absent'> {
  return a === 'present' || b === 'present' ? 'present' : a;
}
