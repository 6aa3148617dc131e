import { compareLocations, type Evidence } from '../../location.js';
import type { Step } from '../model.js';

/** Steps while they are collected: one for each pair, with everything that says so. */
export interface Steps {
  add(from: string, to: string, evidence: Evidence): void;
  has(from: string, to: string): boolean;
  /** Those collected so far. */
  all(): Step[];
}

export function createSteps(): Steps {
  const steps = new Map<string, { from: string; to: string; evidence: Evidence[] }>();
  const keyOf = (from: string, to: string): string => `${from}\0${to}`;
  return {
    add(from, to, evidence) {
      if (from === to) return;
      const step = steps.get(keyOf(from, to)) ?? { from, to, evidence: [] };
      steps.set(keyOf(from, to), step);
      const isTold = step.evidence.some(
        (one) => one.message === evidence.message && compareLocations(one.location, evidence.location) === 0,
      );
      if (!isTold) step.evidence.push(evidence);
    },
    has: (from, to) => steps.has(keyOf(from, to)),
    all: () => [...steps.values()],
  };
}
