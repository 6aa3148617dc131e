import { defineFact, integer, text } from './fact.js';

export const autoscaler = defineFact('autoscaler', 'Something that changes the number of instances by load.', {
  unit: text('The unit that it scales, as in workload.'),
  minimum: integer('Instances at least.'),
  maximum: integer('Instances at most.'),
});
