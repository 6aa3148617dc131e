import { state } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { unknown, type Location, type Maybe } from '../../location.js';
import type { FromDocuments } from '../technology.js';
import { truthOf } from '../evaluated.js';
import { edgeBalancers } from './edge-services.js';
import { balancersOf } from './machines.js';
import { knownText, resourcesOf, setAt, type Applied } from './resources.js';
import { isGroup } from './target-groups.js';
import { unitsOf } from './units.js';

type Affinity = 'none' | 'address' | 'cookie';

/** Groups of targets that services put their instances into. */
export const fromDocuments: FromDocuments = function* (documents, inventory) {
  const all = resourcesOf(documents, inventory);
  const units = unitsOf(documents, inventory);
  yield* edgeBalancers(all, ({ unit }) => units.find((one) => one.unit === unit)?.name);
  for (const group of all.filter(isGroup)) {
    const services = group.beside.filter(
      (one) =>
        one.type === 'aws_ecs_service' &&
        one.view
          .blocks('load_balancer')
          .some((block) => block.get('target_group_arn')?.from.resources.includes(group.address) === true),
    );
    const machines = group.beside.filter((one) => balancersOf(one)?.includes(group) === true);
    const targets = [...services, ...machines].flatMap(
      ({ unit }) => units.find((one) => one.unit === unit)?.name ?? [],
    );
    if (targets.length === 0) continue;
    const { affinity, location } = affinityOf(group);
    const algorithm = algorithmOf(group);
    yield state(loadBalancer, location, {
      ...{ name: knownText(group.view, 'name') ?? group.name, affinity, targets },
      ...(algorithm === undefined ? {} : { algorithm }),
    });
  }
};

/** With the fewest requests first it knows no slow start: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
function algorithmOf({ view }: Applied): 'turns' | 'least-connections' | 'other' | undefined {
  const written = knownText(view, 'load_balancing_algorithm_type');
  if (written === undefined) return undefined;
  return written === 'round_robin' ? 'turns' : written === 'least_outstanding_requests' ? 'least-connections' : 'other';
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group: `enabled` is true where the block stands. */
function affinityOf({ view }: Applied): { affinity: Maybe<Affinity>; location: Location } {
  const [block] = view.blocks('stickiness');
  if (block === undefined) return { affinity: 'none', location: view.at() };
  const enabled = block.get('enabled') === undefined ? true : truthOf(block.get('enabled'));
  const location = block.get('enabled') === undefined ? block.at() : setAt(block, 'enabled');
  if (enabled === undefined) return { affinity: unknown('whether it is enabled is not known'), location };
  if (!enabled) return { affinity: 'none', location: view.at() };
  return { affinity: knownText(block, 'type') === 'source_ip' ? 'address' : 'cookie', location: block.at('type') };
}
