import type { Fact } from '../facts/fact.js';
import type { Notification } from '../location.js';
import type { Part, System } from './component.js';
import type { Derivation, FactDerivation } from './derivation.js';
import { answersJson } from './derivations/answers-json.js';
import { autoscaled } from './derivations/autoscaled.js';
import { blocksLoop } from './derivations/blocks-loop.js';
import { budgeted } from './derivations/budgeted.js';
import { canMultiply } from './derivations/can-multiply.js';
import { ceiling } from './derivations/ceiling.js';
import { compressedElsewhere } from './derivations/compressed-elsewhere.js';
import { connectionsPerInstance } from './derivations/connections-per-instance.js';
import { besideKnown } from './derivations/beside-known.js';
import { binding, bindingNeeded } from './derivations/binding.js';
import { arithmetic, available, demand, overBudget, supply } from './derivations/demand.js';
import { decision } from './derivations/decision.js';
import { cookiesBehind } from './derivations/cookies-behind.js';
import { crowdsDatabase } from './derivations/crowds-database.js';
import { deployed } from './derivations/deployed.js';
import { hangsOnDatabase } from './derivations/hangs-on-database.js';
import { heldBy } from './derivations/held-by.js';
import { hidesLocalState } from './derivations/hides-local-state.js';
import { internal } from './derivations/internal.js';
import { instances, instancesAtLeast } from './derivations/instances.js';
import { keepsOnly } from './derivations/keeps-only.js';
import { measured } from './derivations/measured.js';
import { mounted } from './derivations/mounted.js';
import { pastSupport } from './derivations/past-support.js';
import { placement } from './derivations/placement.js';
import { processes } from './derivations/processes.js';
import { proxyBefore } from './derivations/proxy-before.js';
import { range } from './derivations/range.js';
import { reach } from './derivations/reach.js';
import { memorySum, overMemory } from './derivations/memory-sum.js';
import { requestsMissing } from './derivations/requests-missing.js';
import { reuse } from './derivations/reuse.js';
import { room, roomSum } from './derivations/room.js';
import { serves } from './derivations/serves.js';
import { single } from './derivations/single.js';
import { singleByDesign } from './derivations/single-by-design.js';
import { standing } from './derivations/standing.js';
import { cutShort, stopping } from './derivations/stopping.js';
import { target } from './derivations/target.js';
import { cutCursors, cutStatements, heldTransaction } from './derivations/through-pooler.js';
import { addressesChange, worthKeeping } from './derivations/upstream-behind.js';
import { volumeStanding } from './derivations/volume-standing.js';
import { headroom } from './headroom.js';
import { journey } from './journey.js';
import type { Component, ComponentProperties, Derived, Model, Subject } from './model.js';

/** In this order: a derivation reads what those before it have filled, of every component. */
export const COMPONENT_DERIVATIONS: readonly Derivation[] = [
  deployed,
  instances,
  instancesAtLeast,
  single,
  singleByDesign,
  placement,
  canMultiply,
  processes,
  target,
  reach,
  serves,
  internal,
  measured,
  connectionsPerInstance,
  ceiling,
];

export const FACT_DERIVATIONS: readonly FactDerivation[] = [
  standing,
  volumeStanding,
  hidesLocalState,
  binding,
  bindingNeeded,
  compressedElsewhere,
  answersJson,
  proxyBefore,
  worthKeeping,
  addressesChange,
  cookiesBehind,
  demand,
  available,
  overBudget,
  arithmetic,
  supply,
  heldBy,
  reuse,
  cutCursors,
  cutStatements,
  heldTransaction,
  decision,
  pastSupport,
  mounted,
  blocksLoop,
  autoscaled,
  requestsMissing,
  overMemory,
  memorySum,
  keepsOnly,
  range,
  budgeted,
  room,
  roomSum,
  hangsOnDatabase,
  crowdsDatabase,
  besideKnown,
  cutShort,
  stopping,
];

/** Makes the model of components that know their facts. */
export function derive(
  parts: readonly Part[],
  facts: readonly Fact[],
  notifications: readonly Notification[],
  today: string,
): Model {
  const system: System = { today, parts, facts };
  for (const derivation of COMPONENT_DERIVATIONS) {
    for (const part of parts) Object.assign(part.properties, { [derivation.name]: derivation.derive(part, system) });
  }
  const components = parts.map((part) => component(part, system));
  return {
    components: components.sort((a, b) => (a.name < b.name ? -1 : 1)),
    headroom: headroom(system),
    journey: journey(system),
    notifications,
  };
}

function component(part: Part, system: System): Component {
  const { name, role, directory, audience, location, technologies, workload, unread } = part;
  return {
    name,
    role,
    directory,
    audience,
    location,
    technologies,
    workload,
    ...(unread === undefined ? {} : { unread }),
    // Every derivation above has run.
    properties: part.properties as ComponentProperties,
    subjects: part.facts.map((fact) => subject(fact, part, system)),
  };
}

function subject(fact: Fact, part: Part, system: System): Subject {
  const derived: Record<string, Derived<unknown>> = {};
  for (const derivation of FACT_DERIVATIONS) {
    if (!derivation.kinds.includes(fact.kind)) continue;
    const value = derivation.derive(fact, part, system);
    if (value !== undefined) derived[derivation.name] = value;
  }
  return { fact, derived };
}
