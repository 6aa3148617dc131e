import { boolean, choice, defineFact, integer, optional, text, texts } from './fact.js';

export const loadBalancer = defineFact('load-balancer', 'Something that hands requests to several instances.', {
  name: text('The upstream or service, as it is written.'),
  affinity: choice(
    ['none', 'address', 'cookie', 'hash'],
    'Whether one client always meets the same instance, and by what.',
  ),
  targets: texts('Host names it hands requests to.'),
  selector: optional(texts('Labels ("name=value") of the workloads it selects.')),
  members: optional(integer('Servers that it chooses among, as they are written.')),
  algorithm: optional(
    choice(
      ['turns', 'least-connections', 'other'],
      'How it chooses where no client is bound: one after the other; the least busy.',
    ),
  ),
  healthChecks: optional(
    choice(
      ['active', 'passive', 'none'],
      'How it learns that a server does not answer: it asks by itself; by requests that failed; not at all. Absent where a platform does that for it.',
    ),
  ),
  checkRemedy: optional(text('The smallest change that makes it ask, as a line to write.')),
  slowStart: optional(
    boolean(
      'Whether a server that comes back gets its share little by little; absent where the product has no such thing.',
    ),
  ),
  slowStartRemedy: optional(text('The smallest change for that, as a line to write.')),
});
