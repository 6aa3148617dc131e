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
        if (step === undefined || step === 0 || !grows(share.part)) continue;
        const others = othersOf(budget, share.part);
        const slots = Math.max(0, Math.floor((available - others.taken) / step));
        const instances = withSurge(share.part, slots);
        const surge = surgeOf(share.part, instances);
        const today = known(share.instances);
        const rollout = surge > 0 ? `, and ${surge} more while it is rolled out` : '';
        found.push({
          limit: `connections of ${holder.name}`,
          component: share.part.name,
          instances,
          ...(today === undefined ? {} : { taken: today * step }),
          arithmetic: `${available} connections${others.text} / ${step} for each instance of ${share.part.name} (${share.how})${rollout}: ${instances} fit${others.uncounted}`,
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

/** What people add instances of when load grows. */
function grows({ role, directory }: Part): boolean {
  return directory !== null && role !== 'job' && role !== 'scheduler';
}

/** The largest number of instances that leaves room for those of a roll-out. */
function withSurge(part: Part, slots: number): number {
  let instances = slots;
  while (instances > 0 && instances + surgeOf(part, instances) > slots) instances--;
  return instances;
}

/** What the others take as they are today. Of what is not known nothing is taken off, and the sum says so. */
function othersOf(budget: Budget, part: Part): { taken: number; text: string; uncounted: string } {
  let taken = 0;
  const terms: string[] = [];
  const uncounted: string[] = [];
  for (const share of budget.shares) {
    if (share.part === part) continue;
    const count = known(share.instances);
    const each = known(share.perInstance);
    if (count === undefined || each === undefined) {
      uncounted.push(share.part.name);
      continue;
    }
    taken += count * each;
    terms.push(`${count * each} of ${share.part.name}`);
  }
  return {
    taken,
    text: terms.map((term) => ` - ${term}`).join(''),
    uncounted: uncounted.length === 0 ? '' : ` at most, since what ${uncounted.join(' and ')} takes is not known`,
  };
}
