import { loadBalancer } from '../facts/load-balancer.js';
import { isKind, type FactOf } from '../facts/fact.js';
import { balances } from './balances.js';
import type { Part, System } from './component.js';
import { known } from './deployment.js';
import { detailsOf } from './journey/details.js';
import { idOf } from './journey/id-of.js';
import { layerOf } from './journey/layer-of.js';
import { standingOf } from './journey/standing-of.js';
import { stateOf } from './journey/state-of.js';
import { createSteps, type Steps } from './journey/steps.js';
import { variableSteps } from './journey/variable-steps.js';
import { databaseSteps } from './journey/database-steps.js';
import { LAYERS, type Journey, type Station } from './model.js';

type Balancer = FactOf<typeof loadBalancer>;

/** Follows a request from the clients to the data, along what facts say of who hands on to whom. */
export function journey(system: System): Journey {
  const parts = [...system.parts].sort((a, b) => (a.name < b.name ? -1 : 1));
  const steps = createSteps();
  const balancers = system.facts.filter((fact) => isKind(loadBalancer, fact));
  const entrances = balancerSteps(balancers, parts, steps);
  for (const part of parts) databaseSteps(part, parts, steps);
  for (const part of parts) variableSteps(part, parts, steps);
  const state = stateOf(parts, system, steps);
  clientSteps(parts, entrances, steps);
  hops(balancers, parts, steps);

  const taken = steps.all();
  const isMet = (id: string): boolean => taken.some(({ from, to }) => from === id || to === id);
  const clients: Station[] = taken.some(({ from }) => from === CLIENTS)
    ? [station({ id: CLIENTS, layer: 'clients', kind: 'clients', title: 'Clients', what: 'browsers and programs' })]
    : [];
  const components = parts.flatMap((part): Station[] => {
    const layer = layerOf(part);
    if (layer === undefined || (part.directory === null && layer === 'application' && !isMet(idOf(part)))) return [];
    return [
      {
        ...station({ id: idOf(part), layer, kind: 'component', title: part.name, what: part.role }),
        components: [part.name],
        standing: part.directory === null ? null : standingOf(part.properties),
        details: detailsOf(part),
      },
    ];
  });
  const stations = [...clients, ...entrances, ...components, ...state];
  const drawn = new Set(stations.map(({ id }) => id));
  return {
    stations: stations.sort((a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer)),
    steps: taken.filter(({ from, to }) => drawn.has(from) && drawn.has(to)),
    aside: parts.filter((part) => !drawn.has(idOf(part))).map((part) => ({ component: part.name, reason: why(part) })),
  };
}

const CLIENTS = 'clients';

function station(told: Pick<Station, 'id' | 'layer' | 'kind' | 'title' | 'what'>): Station {
  return { ...told, components: [], scope: null, standing: null, details: [] };
}

function why({ role }: Part): string {
  if (role === 'job') return 'it runs once or by the clock, and no request meets it';
  return 'nothing that was read tells what reaches it';
}

/**
 * What hands requests on: the configuration of a proxy is a step from that proxy; what stands before several
 * components, or names one, is an entrance of its own. What only selects the instances of one component is neither
 * (see `hops`).
 */
function balancerSteps(balancers: readonly Balancer[], parts: readonly Part[], steps: Steps): Station[] {
  const entrances = new Map<string, Station>();
  for (const balancer of balancers) {
    const behind = parts.filter((part) => balances(balancer, part));
    if (behind.length === 0) continue;
    const name = known(balancer.properties.name) ?? 'load balancer';
    const keepers = parts.filter((part) => part.facts.includes(balancer) && !behind.includes(part));
    if (keepers.length === 0 && isHop(balancer)) continue;
    const from = keepers.map(idOf);
    if (keepers.length === 0) {
      const id = `balancer ${name}`;
      const before = entrances.get(id);
      const detail = { message: `${name} is set up here`, location: balancer.location };
      entrances.set(id, {
        ...station({ id, layer: 'entrance', kind: 'balancer', title: name, what: 'load balancer' }),
        components: [...new Set([...(before?.components ?? []), ...behind.map((part) => part.name)])].sort(),
        details: [...(before?.details ?? []), detail],
      });
      from.push(id);
    }
    for (const one of from) {
      for (const part of behind)
        steps.add(one, idOf(part), {
          message: `${name} hands requests to ${part.name}${bound(balancer)}`,
          location: balancer.location,
        });
    }
  }
  return [...entrances.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
}

function isHop(balancer: Balancer): boolean {
  return (known(balancer.properties.selector) ?? []).length > 0;
}

function bound(balancer: Balancer): string {
  const affinity = known(balancer.properties.affinity) ?? 'none';
  return affinity === 'none' ? '' : `, each client always to the same instance (by ${affinity})`;
}

/** What selects the instances of a component stands on every step that leads to it from outside. */
function hops(balancers: readonly Balancer[], parts: readonly Part[], steps: Steps): void {
  for (const balancer of balancers.filter(isHop)) {
    for (const part of parts.filter((one) => balances(balancer, one))) {
      const name = known(balancer.properties.name) ?? 'a service';
      for (const { from, to } of steps.all()) {
        if (to === idOf(part))
          steps.add(from, to, {
            message: `${name} selects the instances of ${part.name}${bound(balancer)}`,
            location: balancer.location,
          });
      }
    }
  }
}

/**
 * Clients meet the entrances; else the proxies; else whatever serves and is called by no other component that serves.
 * Where there is an entrance, what nobody hands requests to is left without a step: it may be internal.
 */
function clientSteps(parts: readonly Part[], entrances: readonly Station[], steps: Steps): void {
  for (const { id, details } of entrances) for (const detail of details) steps.add(CLIENTS, id, detail);
  const handed = new Set(steps.all().map(({ to }) => to));
  const serving = parts.filter((part) => part.properties.serves?.value === true);
  const proxies = serving.filter((part) => part.role === 'proxy' && !handed.has(idOf(part)));
  const called = new Set(
    steps
      .all()
      .filter(({ from }) => serving.some((part) => idOf(part) === from))
      .map(({ to }) => to),
  );
  const first =
    proxies.length > 0 || entrances.length > 0
      ? proxies
      : serving.filter((part) => layerOf(part) === 'application' && !called.has(idOf(part)));
  for (const part of first) {
    const [evidence] = part.properties.serves?.evidence ?? [];
    steps.add(CLIENTS, idOf(part), evidence ?? { message: 'it serves requests', location: part.location });
  }
}
