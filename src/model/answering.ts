import { isKind, type Fact, type FactOf } from '../facts/fact.js';
import { loadBalancer } from '../facts/load-balancer.js';
import { probe } from '../facts/probe.js';
import { groupBy } from '../group-by.js';
import { leadsThrough } from './balances.js';
import { callsForWork, type Part } from './component.js';
import { known, type Workload } from './deployment.js';
import { imageName, type Ground } from './ground.js';

/** Who makes three images that are asked by HTTP under one name makes them for this deployment; who makes one may be anybody. */
const FAMILY = 3;

/**
 * Gives those the role `web` whose code is not read, whatever language it is in: several images of one maker that are
 * asked by HTTP and stand behind a service.
 */
export function withAnswering(parts: readonly Part[], facts: readonly Fact[], ground: Ground): Part[] {
  const candidates = parts.filter((part) => isOpen(part, ground));
  if (candidates.length === 0) return [...parts];
  const balancers = facts.filter((fact) => isKind(loadBalancer, fact));
  const asked = new Set(
    facts
      .filter((fact) => isKind(probe, fact))
      .filter(isByHttp)
      .map(keyOf),
  );
  const reached = candidates.filter((part) => balancers.some((one) => leadsThrough(one, part, balancers)));
  const answering = reached.filter(({ workload }) => workload !== null && asked.has(keyOf(workload)));
  // Servers that are read tell as much of who makes the images beside them.
  const served = parts.filter(
    ({ role, workload }) => role === 'web' && known(workload?.properties.image) !== undefined,
  );
  const families = groupBy([...answering, ...served], ({ workload }) => makerOf(workload) ?? '');
  const large = new Set([...families].filter(([, members]) => isFamily(members)).map(([maker]) => maker));
  const found = new Set(answering.filter(({ workload }) => large.has(makerOf(workload) ?? '')));
  return parts.map((part) => (found.has(part) ? { ...part, role: 'web' } : part));
}

/** What nobody says anything else of: no product, no job, nothing that others are given to start. */
function isOpen({ name, role, directory, workload, technologies }: Part, ground: Ground): boolean {
  if (role !== 'unknown' || directory !== null || technologies.length > 0 || workload === null) return false;
  const { controller, placement, offered, image, service } = workload.properties;
  return (
    known(service) === undefined &&
    known(controller) === 'replicated' &&
    known(placement) === 'many-hosts' &&
    known(offered) !== true &&
    !ground.isProduct(imageName(known(image) ?? '')) &&
    !ground.isProduct(name) &&
    !callsForWork(name)
  );
}

/** A question about figures is for who watches, and an exporter answers it. */
function isByHttp({ properties }: FactOf<typeof probe>): boolean {
  const path = known(properties.path);
  return path !== undefined && !/\bmetrics\b/.test(path);
}

function keyOf({ properties }: Workload | FactOf<typeof probe>): string {
  return `${known(properties.unit) ?? ''}\0${known(properties.container) ?? ''}`;
}

/** `registry.example/acme/shop` is made by `registry.example/acme`. */
function makerOf(workload: Workload | null): string | undefined {
  const name = imageName(known(workload?.properties.image) ?? '');
  return name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : undefined;
}

function isFamily([first, ...rest]: readonly Part[]): boolean {
  if (first === undefined || makerOf(first.workload) === undefined) return false;
  return (
    new Set([first, ...rest].map(({ workload }) => imageName(known(workload?.properties.image) ?? ''))).size >= FAMILY
  );
}
