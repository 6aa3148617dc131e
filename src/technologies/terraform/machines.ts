import { groupBy } from '../../group-by.js';
import { unknown, type Maybe } from '../../location.js';
import type { DeployedContainer, DeployedProbe, DeployedUnit } from '../deployed-unit.js';
import { itemsOf, numberOf, textOf, type Data } from '../evaluated.js';
import { countOf } from '../task-containers.js';
import { ignores } from './ecs.js';
import { knownText, type Applied } from './resources.js';
import { groupOf, probesOfGroup, zonesOf } from './target-groups.js';

const GROUP = /^aws_autoscaling_group$|^terraform-aws-modules\/autoscaling\/aws$/;

/** Machines that a balancer hands requests to. What they start is on their disk, so that others tell nothing of the application. */
export function* machineUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const resource of all) {
    if (GROUP.test(resource.type)) {
      const balancers = balancersOfGroup(resource);
      if (balancers !== undefined && !isOfCluster(resource)) yield groupUnit(resource, balancers);
    }
  }
  const alike = groupBy(all.filter(({ type }) => type === 'aws_instance').flatMap(placed), ({ instance, balancers }) =>
    [instance.unit.split(':')[0], ...balancers.map(({ address }) => address)].join(' '),
  );
  for (const members of alike.values()) yield instanceUnit(members);
}

/** The groups of targets that a resource is put into, where it is machines. */
export function balancersOf(resource: Applied): readonly Applied[] | undefined {
  if (GROUP.test(resource.type)) return balancersOfGroup(resource);
  return resource.type === 'aws_instance' ? balancersOfInstance(resource) : undefined;
}

/** Groups of targets that are known, of those that a group of machines is put into; undefined where it is put into none. */
function balancersOfGroup(group: Applied): Applied[] | undefined {
  const { view, beside, address } = group;
  const isOfIt = (data: Data | undefined): boolean => data?.from.resources.includes(address) === true;
  const attached = beside.filter(
    (one) => one.type === 'aws_autoscaling_attachment' && isOfIt(one.view.get('autoscaling_group_name')),
  );
  const given = ['target_group_arns', 'load_balancers'].map((name) => view.get(name));
  const named = [
    ...given,
    ...attached.flatMap(({ view: one }) =>
      ['lb_target_group_arn', 'alb_target_group_arn'].map((name) => one.get(name)),
    ),
  ];
  const isPut = attached.length > 0 || given.some((one) => one !== undefined && itemsOf(one)?.length !== 0);
  return isPut ? found(named, group) : undefined;
}

function balancersOfInstance(instance: Applied): Applied[] | undefined {
  const isOfIt = (data: Data | undefined): boolean =>
    [data, ...(itemsOf(data) ?? [])].some((one) => one?.from.resources.includes(instance.address) === true);
  const groups = instance.beside.filter(
    ({ type, view }) => /^aws_a?lb_target_group_attachment$/.test(type) && isOfIt(view.get('target_id')),
  );
  const classic = instance.beside.some(({ type, view }) => type === 'aws_elb' && isOfIt(view.get('instances')));
  if (groups.length === 0 && !classic) return undefined;
  return found(
    groups.map(({ view }) => view.get('target_group_arn')),
    instance,
  );
}

function found(named: readonly (Data | undefined)[], near: Applied): Applied[] {
  const all = named.flatMap((one) => [one, ...(itemsOf(one) ?? [])]).flatMap((one) => groupOf(one, near) ?? []);
  return [...new Set(all)];
}

/** Machines that a cluster fills with containers follow what it asks for. */
function isOfCluster({ view, beside, address }: Applied): boolean {
  const tags = [...view.blocks('tag').map((one) => knownText(one, 'key') ?? ''), ...keysOf(view.get('tags'))];
  if (tags.some((one) => /kubernetes|k8s\.io|AmazonECSManaged/.test(one))) return true;
  return beside.some(
    ({ type, view: one }) =>
      type === 'aws_ecs_capacity_provider' &&
      one
        .blocks('auto_scaling_group_provider')
        .some((block) => block.get('auto_scaling_group_arn')?.from.resources.includes(address) === true),
  );
}

function keysOf(data: Data | undefined): string[] {
  return data?.kind === 'map' ? [...data.entries.keys()] : [];
}

function machine(resource: Applied, name: string, balancers: readonly Applied[]): DeployedContainer {
  const ports = balancers.flatMap(({ view }) => textOf(view.get('port')) ?? []);
  return {
    name,
    location: resource.view.at(),
    variables: [],
    open: [],
    ports: ports.length > 0 ? [...new Set(ports)] : ['80'],
    ...{ probed: true, cpu: true, memory: true, mounts: [] },
  };
}

/** Data and names are balanced by connection. */
function speaksHttp({ view }: Applied): boolean {
  return !/^(?:tcp|udp|tcp_udp)$/i.test(knownText(view, 'protocol') ?? 'HTTP');
}

function probesOf(name: string, balancers: readonly Applied[], purpose: DeployedProbe['purpose']): DeployedProbe[] {
  return balancers.flatMap((one) => probesOfGroup(one, name, textOf(one.view.get('port')) ?? '', purpose));
}

function common(resource: Applied, balancers: readonly Applied[]): Omit<DeployedUnit, 'replicas' | 'replicasAt'> {
  const { view, unit, audience, name } = resource;
  const called = knownText(view, 'name') ?? name;
  return {
    ...{ unit, audience, name: called, controller: 'replicated', head: view.at(), machines: true },
    ...(balancers.length === 0 || balancers.some(speaksHttp) ? { published: true } : {}),
    containers: [machine(resource, called, balancers)],
  };
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group */
function groupUnit(group: Applied, balancers: readonly Applied[]): DeployedUnit {
  const { view } = group;
  const least = countOf(view.get('min_size'), 0);
  const most = countOf(view.get('max_size'), 0);
  const desired = countOf(view.get('desired_capacity'), least.value);
  const isFixed = typeof most.value === 'number' && least.value === most.value;
  const unit = common(group, balancers);
  const replaces = knownText(view, 'health_check_type') === 'ELB';
  const policy = policyOf(group);
  // Each run sets the number that is written, whatever a policy has made of it.
  const resets = policy === 'present' && !ignores(view, 'desired_capacity') && typeof desired.value === 'number';
  return {
    ...unit,
    replicas: resets ? desired.value : least.value,
    replicasAt: isFixed ? least.at : resets ? desired.at : undefined,
    elastic: true,
    zones: zonesOf(view, 'vpc_zone_identifier') ?? zonesOf(view, 'availability_zones'),
    probes: probesOf(unit.name, balancers, replaces ? 'liveness' : 'readiness'),
    scaled: isFixed ? undefined : { location: most.at ?? view.at(), minimum: least.value, maximum: most.value, policy },
  };
}

/** Whether something is put into it that is no machine of the same configuration. */
function holdsOthers(group: Applied): boolean {
  return group.beside.some(
    ({ type, view }) =>
      /^aws_a?lb_target_group_attachment$/.test(type) &&
      view.get('target_group_arn')?.from.resources.includes(group.address) === true &&
      view.get('target_id')?.from.resources.some((one) => /(?:^|\.)aws_instance\./.test(one)) !== true,
  );
}

/** Whoever asks for more machines: a policy, a time of day, or what a published module is given. */
function policyOf({ view, beside, address }: Applied): Maybe<'present' | 'absent'> {
  if ((itemsOf(view.get('scaling_policies')) ?? []).length > 0) return 'present';
  const name = knownText(view, 'name');
  let open = false;
  for (const { type, view: one } of beside) {
    if (!/^aws_autoscaling_(?:policy|schedule)$|^aws_autoscalingplans_scaling_plan$/.test(type)) continue;
    const of = one.get('autoscaling_group_name');
    if (of?.from.resources.includes(address) === true || (name !== undefined && textOf(of) === name)) return 'present';
    if (of === undefined || (textOf(of) === undefined && of.from.resources.length === 0)) open = true;
  }
  return open ? unknown('a policy beside it does not tell what it scales') : 'absent';
}

interface Placed {
  readonly instance: Applied;
  readonly balancers: readonly Applied[];
}

function placed(instance: Applied): Placed[] {
  const balancers = balancersOfInstance(instance);
  return balancers === undefined ? [] : [{ instance, balancers }];
}

/** Machines behind the same balancer are instances of the same thing, each written for itself or not. */
function instanceUnit(members: readonly [Placed, ...Placed[]]): DeployedUnit {
  const [{ instance, balancers }] = members;
  const unit = common(instance, balancers);
  const counts = members.map((one) => numberOf(one.instance.count));
  const others = balancers.some((group) => holdsOthers(group));
  const count = counts.reduce<number | undefined>(
    (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
    others ? undefined : 0,
  );
  return {
    ...unit,
    replicas: count ?? unknown('how many there are is not known'),
    replicasAt: undefined,
    probes: probesOf(unit.name, balancers, 'readiness'),
  };
}
