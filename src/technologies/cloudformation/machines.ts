import { unknown, type Location, type Maybe } from '../../location.js';
import type { DeployedProbe, DeployedUnit, Zones } from '../deployed-unit.js';
import { itemsOf, maybeText, memberOf, textOf, type Data } from '../evaluated.js';
import { countOf, field, placeOf } from '../task-containers.js';
import type { Resource } from './resource.js';
import { groupsOf } from './target-groups.js';

/** Groups of machines that a balancer hands requests to. What they start is on their disk, so that others tell nothing of the application. */
export function machineUnit(group: Resource, all: readonly Resource[]): DeployedUnit | undefined {
  const balancers = balancersOf(group);
  if (balancers.length === 0 || isOfCluster(group)) return undefined;
  const least = countOf(group.get('MinSize'), 0);
  const most = countOf(group.get('MaxSize'), 0);
  const desired = countOf(group.get('DesiredCapacity'), least.value);
  const isFixed = typeof most.value === 'number' && least.value === most.value;
  const name = machineName(group);
  const groups = groupsOf(balancers, all);
  const ports = groups.flatMap((one) => textOf(one.get('Port')) ?? []);
  const replaces = textOf(group.get('HealthCheckType')) === 'ELB';
  return {
    unit: group.unit,
    name,
    audience: group.audience,
    controller: 'replicated',
    head: group.head,
    replicas: desired.value,
    // A stack that is brought up to date leaves the number alone as long as the template's stays the same.
    replicasAt: isFixed ? least.at : undefined,
    elastic: true,
    ...(groups.length === 0 || groups.some(speaksHttp) ? { published: true } : {}),
    machines: true,
    zones: zonesOf(group.get('VPCZoneIdentifier'), group.head) ?? zonesOf(group.get('AvailabilityZones'), group.head),
    probes: groups.flatMap((one) =>
      probesOfGroup(one, name, textOf(one.get('Port')) ?? '', replaces ? 'liveness' : 'readiness'),
    ),
    scaled: isFixed
      ? undefined
      : { location: most.at ?? group.head, minimum: least.value, maximum: most.value, policy: policyOf(group, all) },
    containers: [
      {
        name,
        location: group.head,
        variables: [],
        open: [],
        ports: ports.length > 0 ? [...new Set(ports)] : ['80'],
        ...{ probed: true, cpu: true, memory: true, mounts: [] },
      },
    ],
  };
}

export function machineName(group: Resource): string {
  return textOf(group.get('AutoScalingGroupName')) ?? group.id;
}

/** Data and names are balanced by connection. */
function speaksHttp(group: Resource): boolean {
  return !/^(?:tcp|udp|tcp_udp)$/i.test(textOf(group.get('Protocol')) ?? 'HTTP');
}

export function balancersOf(group: Resource): Data[] {
  return ['TargetGroupARNs', 'LoadBalancerNames', 'TrafficSources'].flatMap((name): readonly Data[] => {
    const given = group.get(name);
    if (given === undefined) return [];
    return itemsOf(given) ?? [given];
  });
}

/** Machines that a cluster fills with containers follow what it asks for. */
function isOfCluster(group: Resource): boolean {
  const tags = (itemsOf(group.get('Tags')) ?? []).map((one) => textOf(field(one, 'key')) ?? '');
  if (tags.some((one) => /kubernetes|k8s\.io|AmazonECSManaged/.test(one))) return true;
  return group.template.resources.some(
    (one) =>
      one.type === 'AWS::ECS::CapacityProvider' &&
      one.get('AutoScalingGroupProvider', 'AutoScalingGroupArn')?.from.resources.includes(group.id) === true,
  );
}

/** Whoever asks for more machines: a policy or a time of day, in this template or in one that is told the name of the group. */
function policyOf(group: Resource, all: readonly Resource[]): Maybe<'present' | 'absent'> {
  const policies = all.filter(({ type }) =>
    /^AWS::AutoScaling(?:::(?:ScalingPolicy|ScheduledAction)|Plans::ScalingPlan)$/.test(type),
  );
  const own = policies.filter(({ template }) => template === group.template);
  if (own.some((one) => one.get('AutoScalingGroupName')?.from.resources.includes(group.id) === true)) return 'present';
  const strange = policies.some((one) => {
    const of = one.get('AutoScalingGroupName');
    return textOf(of) === undefined && of?.from.resources.some((id) => !id.startsWith('Parameter ')) !== true;
  });
  return strange ? unknown('a policy does not tell what it scales') : 'absent';
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html */
export function probesOfGroup(
  group: Resource,
  container: string,
  port: string,
  purpose: DeployedProbe['purpose'],
): DeployedProbe[] {
  const protocol = textOf(group.get('HealthCheckProtocol')) ?? textOf(group.get('Protocol')) ?? 'HTTP';
  const asked = textOf(group.get('HealthCheckPort')) ?? 'traffic-port';
  const path = group.get('HealthCheckPath');
  const location: Location = placeOf(path) ?? group.head;
  return [
    {
      ...{ container, purpose, location },
      port: asked === 'traffic-port' ? port : asked,
      path: /^https?$/i.test(protocol) ? (path === undefined ? '/' : maybeText(path)) : undefined,
    },
  ];
}

/** A list of one subnet of the template, or of one name that is written; of several two may lie in the same zone. */
export function zonesOf(data: Data | undefined, head: Location): Zones | undefined {
  const [only, ...others] = itemsOf(data) ?? [];
  if (data?.kind !== 'list' || only === undefined || others.length > 0) return undefined;
  const isOne = textOf(only) !== undefined || only.from.resources.some((id) => !id.startsWith('Parameter '));
  return isOne ? { count: 1, location: placeOf(data) ?? head } : undefined;
}

export function subnetsOf(service: Resource): Data | undefined {
  return memberOf(service.get('NetworkConfiguration', 'AwsvpcConfiguration'), 'Subnets');
}
