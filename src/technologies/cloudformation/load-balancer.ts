import { state } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { unknown, type Maybe } from '../../location.js';
import { itemsOf, textOf } from '../evaluated.js';
import { field, placeOf } from '../task-containers.js';
import type { FromDocuments } from '../technology.js';
import { balancersOf, machineName } from './machines.js';
import type { Resource } from './resource.js';
import { groupsOf } from './target-groups.js';
import { taken, templatesOf } from './template.js';
import { serviceName } from './units.js';

type Affinity = 'none' | 'address' | 'cookie';

/** Groups of targets that services of the same template put their instances into. */
export const fromDocuments: FromDocuments = function* (documents) {
  const all = templatesOf(documents).flatMap((one) => one.resources);
  for (const group of all) {
    if (group.type !== 'AWS::ElasticLoadBalancingV2::TargetGroup') continue;
    const targets = group.template.resources.filter((one) => one.type === 'AWS::ECS::Service' && isBehind(one, group));
    const machines = all.filter(
      (one) => one.type === 'AWS::AutoScaling::AutoScalingGroup' && groupsOf(balancersOf(one), all).includes(group),
    );
    if (targets.length + machines.length === 0) continue;
    const enabled = attributeOf(group, 'stickiness.enabled');
    const type = textOf(attributeOf(group, 'stickiness.type'));
    const is = textOf(enabled);
    const affinity: Maybe<Affinity> =
      enabled !== undefined && is === undefined
        ? unknown('whether it is enabled is not known')
        : is === 'true'
          ? type === 'source_ip'
            ? 'address'
            : 'cookie'
          : 'none';
    const names = targets.map((one) =>
      serviceName(one, taken(one.get('TaskDefinition'), one, 'AWS::ECS::TaskDefinition')),
    );
    const place = is === 'true' ? placeOf(enabled) : undefined;
    yield state(loadBalancer, place ?? group.head, {
      name: textOf(group.get('Name')) ?? group.id,
      affinity,
      targets: [...names, ...machines.map(machineName)],
    });
  }
};

function isBehind(service: Resource, group: Resource): boolean {
  return (itemsOf(service.get('LoadBalancers')) ?? []).some(
    (one) => field(one, 'targetGroupArn')?.from.resources.includes(group.id) === true,
  );
}

function attributeOf(group: Resource, key: string) {
  const found = (itemsOf(group.get('TargetGroupAttributes')) ?? []).find((one) => textOf(field(one, 'key')) === key);
  return field(found, 'value');
}
