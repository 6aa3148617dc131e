import { boolean, defineFact, optional, text } from './fact.js';

export const runtime = defineFact(
  'runtime',
  'Something that a component runs on or with, and how long its makers mend it.',
  {
    product: text('As its makers write it: "Python".'),
    line: text(
      'The release line that it belongs to, marked where its makers support it for longer: "3.12", "4.2 LTS". Of a range of versions the newest that it allows counts.',
    ),
    supportEnds: text('The last day on which its makers mean to close security holes of the line: "2028-10-31".'),
    remedy: text('The line to move to, as a phrase: "Python 3.14, supported until 2030-10-31".'),
    source: text('Where the dates are from, and as of which day.'),
    beneath: optional(
      boolean('Whether all that is deployed runs on it, and no one unit alone: the version of a cluster.'),
    ),
    unit: optional(text('The unit that runs on it, as in workload, where its place does not tell.')),
  },
);
