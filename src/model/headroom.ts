import { connectionLimit } from '../facts/connection-limit.js';
import { isKind } from '../facts/fact.js';
import { budgetOf, surgeOf, type Budget } from './budget.js';
import type { Part, System } from './component.js';
import { known } from './deployment.js';
import type { Headroom } from './model.js';

/** For every limit and every component that takes of it: how many instances fit while the others stay as they are. Nearest limit first. */
export function headroom(system: System): Headroom[] {
  const found: Headroom[] = [];
  for (const holder of system.parts) {
    for (const limit of holder.facts) {
      if (!isKind(connectionLimit, limit)) continue;
      const budget = budgetOf(limit, holder, system);
      const available = known(budget?.available);
      if (budget === undefined || available === undefined) continue;
      for (const share of budget.shares) {
        const step = known(share.perInstance);
        if (step === undefined || step === 0 || share.part.directory === null) continue;
        const others = othersOf(budget, share.part);
        if (others === undefined) continue;
        const slots = Math.max(0, Math.floor((available - others.taken) / step));
        const instances = withSurge(share.part, slots);
        const surge = surgeOf(share.part, instances);
        const rollout = surge > 0 ? `, and ${surge} more while it is rolled out` : '';
        found.push({
          limit: `connections of ${holder.name}`,
          component: share.part.name,
          instances,
          arithmetic: `${available} connections${others.text} / ${step} for each instance of ${share.part.name} (${share.how})${rollout}: ${instances} fit`,
          locations: [
            { message: `${holder.name} accepts ${available} connections`, location: limit.location },
            ...share.evidence,
          ],
        });
      }
    }
  }
  return found.sort(
    (a, b) =>
      a.instances - b.instances ||
      (a.limit < b.limit ? -1 : a.limit > b.limit ? 1 : 0) ||
      (a.component < b.component ? -1 : 1),
  );
}

/** The largest number of instances that leaves room for those of a roll-out. */
function withSurge(part: Part, slots: number): number {
  let instances = slots;
  while (instances > 0 && instances + surgeOf(part, instances) > slots) instances--;
  return instances;
}

function othersOf(budget: Budget, part: Part): { taken: number; text: string } | undefined {
  let taken = 0;
  const terms: string[] = [];
  for (const share of budget.shares) {
    if (share.part === part) continue;
    const count = known(share.instances);
    const each = known(share.perInstance);
    if (count === undefined || each === undefined) return undefined;
    taken += count * each;
    terms.push(`${count * each} of ${share.part.name}`);
  }
  return { taken, text: terms.length === 0 ? '' : ` - ${terms.join(' - ')}` };
}
