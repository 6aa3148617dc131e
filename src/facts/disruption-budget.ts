import { defineFact, texts } from './fact.js';

export const disruptionBudget = defineFact(
  'disruption-budget',
  'How many instances must stay up while machines are serviced.',
  {
    selector: texts('Labels ("name=value") of the workloads it covers.'),
  },
);
