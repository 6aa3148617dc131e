import { defineFact, integer, optional, texts } from './fact.js';

export const disruptionBudget = defineFact(
  'disruption-budget',
  'How many instances must stay up while machines are serviced.',
  {
    selector: texts('Labels ("name=value") of the workloads it covers; all where there are none.'),
    keeps: optional(integer('Instances that must stay at least, where it says so as a number.')),
    keepsPercent: optional(integer('The same as a share of the instances, rounded up.')),
    spares: optional(integer('Instances that may be missing at most, where it says so as a number.')),
    sparesPercent: optional(integer('The same as a share of the instances, rounded up.')),
  },
);
