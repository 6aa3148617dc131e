import { choice, defineFact, optional, text, texts } from './fact.js';

export const loadBalancer = defineFact('load-balancer', 'Something that hands requests to several instances.', {
  name: text('The upstream or service, as it is written.'),
  affinity: choice(
    ['none', 'address', 'cookie', 'hash'],
    'Whether one client always meets the same instance, and by what.',
  ),
  targets: texts('Host names it hands requests to.'),
  selector: optional(texts('Labels ("name=value") of the workloads it selects.')),
});
