import { unknown, type Location, type Maybe } from '../../location.js';
import type { DeployedMount, DeployedProbe, DeployedUnit, Scaled } from '../deployed-unit.js';
import { itemsOf, memberOf, missing, numberOf, textOf, truthOf, type Data } from '../evaluated.js';
import { decoded } from '../evaluated-json.js';
import { containersOf, countOf, sourceOf, type TaskAround } from '../task-containers.js';
import { groupOf, probesOfGroup, zonesOf } from './target-groups.js';
import { knownText, numberIn, referred, setAt, type Applied } from './resources.js';
import type { View } from './view.js';

/** Services of ECS, and tasks that no service of the same root runs. */
export function* ecsUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  const used = new Set<Applied>();
  for (const service of all) {
    if (service.type !== 'aws_ecs_service') continue;
    const task = taskOf(service);
    if (task !== undefined) used.add(task);
    yield serviceUnit(service, task);
  }
  for (const task of all) {
    if (task.type === 'aws_ecs_task_definition' && !used.has(task)) yield taskUnit(task);
  }
  for (const call of all) if (isServiceModule(call)) yield* moduleUnits(call);
}

function taskOf(service: Applied): Applied | undefined {
  const given = service.view.get('task_definition');
  return referred(given, service, 'aws_ecs_task_definition');
}

function serviceUnit(service: Applied, task: Applied | undefined): DeployedUnit {
  const { view } = service;
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service: none where nothing is said.
  const desired = countOf(view.get('desired_count'), 0);
  const scaled = scaledOf(service);
  const ignored = ignores(view, 'desired_count');
  const maximum = numberOf(view.get('deployment_maximum_percent')) ?? 200;
  const minimum = numberOf(view.get('deployment_minimum_healthy_percent')) ?? 100;
  const isDaemon = knownText(view, 'scheduling_strategy') === 'DAEMON';
  const balanced = view.blocks('load_balancer').length > 0;
  const replicas = isDaemon ? unknown<number>('one for each machine of the cluster') : desired.value;
  return {
    unit: service.unit,
    name: nameOf(service, task),
    audience: service.audience,
    controller: isDaemon ? 'daemon' : 'replicated',
    head: view.at(),
    // What is written counts when it is first applied; whatever changes it later is not in the repository.
    replicas: ignored && scaled === undefined ? asIgnored(replicas) : replicas,
    replicasAt: ignored ? undefined : desired.at,
    replicasTakenAt: view.at('desired_count'),
    recreates: maximum <= 100 && minimum < 100,
    surge: surgeOf(desired.value, maximum),
    ...(maximum > 100 ? { surgePercent: maximum - 100 } : {}),
    scaled,
    elastic: true,
    ...(balanced ? { published: true as const } : {}),
    zones: zonesOf(view.blocks('network_configuration')[0], 'subnets'),
    probes: service.view.blocks('load_balancer').flatMap((one) => probesBy(one, service)),
    containers: task === undefined ? [lost(service)] : taskContainers(task, balanced, service),
  };
}

/** A task that its balancer finds ill is replaced: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html */
function probesBy(balancer: View, service: Applied): DeployedProbe[] {
  const group = groupOf(balancer.get('target_group_arn'), service);
  const container = knownText(balancer, 'container_name');
  return group === undefined || container === undefined
    ? []
    : probesOfGroup(group, container, knownText(balancer, 'container_port') ?? '', 'liveness');
}

function asIgnored(replicas: Maybe<number>): Maybe<number> {
  return typeof replicas === 'number' && replicas > 0 ? replicas : unknown('it is set when it is deployed');
}

function surgeOf(desired: Maybe<number>, maximum: number): Maybe<number> {
  return typeof desired === 'number' ? Math.floor((desired * maximum) / 100) - desired : desired;
}

export function ignores(view: View, attribute: string): boolean {
  const [lifecycle] = view.blocks('lifecycle');
  // The names are no values, so they do not evaluate to texts.
  return lifecycle?.mentions('ignore_changes', attribute) === true;
}

/** The name of the service, else of the family of its tasks, else what the configuration calls it. */
function nameOf(service: Applied, task: Applied | undefined): string {
  const container = task === undefined ? undefined : taskContainers(task, false, service);
  const only = container?.length === 1 ? container[0]?.name : undefined;
  return (
    knownText(service.view, 'name') ??
    (task === undefined ? undefined : knownText(task.view, 'family')) ??
    only ??
    service.name
  );
}

function lost(service: Applied): DeployedUnit['containers'][number] {
  return {
    name: service.name,
    location: service.view.at('task_definition'),
    image: unknown('its task definition is not in the repository'),
    variables: [],
    open: ['its task definition'],
    ports: service.view.blocks('load_balancer').flatMap((one) => textOf(one.get('container_port')) ?? []),
    ...{ probed: service.view.blocks('load_balancer').length > 0, cpu: true, memory: true, mounts: [] },
  };
}

function taskContainers(task: Applied, balanced: boolean, beside: Applied): DeployedUnit['containers'] {
  const { view } = task;
  const definitions = decoded(view.get('container_definitions') ?? missing('it has no containers'));
  const isFargate =
    knownText(beside.view, 'launch_type') === 'FARGATE' || says(view.get('requires_compatibilities'), 'FARGATE');
  const around: TaskAround = {
    location: view.at('container_definitions'),
    cpu: isFargate || view.get('cpu') !== undefined,
    memory: isFargate || view.get('memory') !== undefined,
    size: view.get('memory'),
    balanced,
    volume: (name) => volumeOf(task, name),
    secret: (reference) => secretOf(reference, task),
  };
  const found = containersOf(definitions, around);
  if (found.length > 0) return found;
  const served = beside.view.blocks('load_balancer').flatMap((one) => textOf(one.get('container_port')) ?? []);
  return [
    {
      name: knownText(view, 'family') ?? task.name,
      location: view.at('container_definitions'),
      image: unknown(definitions.kind === 'unknown' ? definitions.reason : 'its containers are not known'),
      variables: [],
      open: [sourceOf(definitions, 'its container definitions')],
      ...{ ports: served, probed: balanced, cpu: around.cpu, memory: around.memory, mounts: [] },
    },
  ];
}

function says(list: Data | undefined, word: string): boolean {
  return (itemsOf(list) ?? []).some((item) => textOf(item) === word);
}

function volumeOf(task: Applied, name: string): Pick<DeployedMount, 'source' | 'origin' | 'access'> | undefined {
  const volume = task.view.blocks('volume').find((one) => knownText(one, 'name') === name);
  if (volume === undefined) return undefined;
  const [efs] = [
    ...volume.blocks('efs_volume_configuration'),
    ...volume.blocks('fsx_windows_file_server_volume_configuration'),
  ];
  if (efs !== undefined) {
    const system = referred(efs.get('file_system_id'), task, 'aws_efs_file_system');
    return { source: system?.unit ?? `${task.unit}/${name}`, origin: 'claim', access: 'many-nodes' };
  }
  const [docker] = volume.blocks('docker_volume_configuration');
  if (docker !== undefined && knownText(docker, 'scope') === 'shared') return { source: name, origin: 'named' };
  const path = knownText(volume, 'host_path');
  return path === undefined ? { source: name, origin: 'scratch' } : { source: path, origin: 'host-path' };
}

/** A parameter or secret whose value the same root sets. */
export function secretOf(reference: Data, near: Applied): Data | undefined {
  const parameter = referred(reference, near, 'aws_ssm_parameter');
  if (parameter !== undefined) return parameter.view.get('value');
  const secret = referred(reference, near, 'aws_secretsmanager_secret');
  const version =
    referred(reference, near, 'aws_secretsmanager_secret_version') ??
    near.beside.find(
      (one) =>
        one.type === 'aws_secretsmanager_secret_version' &&
        secret !== undefined &&
        one.view.get('secret_id')?.from.resources.includes(secret.address) === true,
    );
  const value = version?.view.get('secret_string');
  if (value === undefined) return undefined;
  // `arn:KEY::` names an entry of a secret that is a map.
  const key =
    textOf(reference) ??
    (reference.kind === 'unknown'
      ? (reference.parts ?? []).map((part) => (typeof part === 'string' ? part : '')).join('')
      : '');
  const entry = /:([\w-]{1,100}):[\w-]{0,60}:[\w-]{0,60}$/.exec(key)?.[1];
  return entry === undefined ? value : memberOf(decoded(value), entry);
}

/** The target of Application Auto Scaling that names a service. */
function scaledOf(service: Applied): Scaled | undefined {
  const name = knownText(service.view, 'name');
  const target = service.beside.find(({ type, view }) => {
    if (type !== 'aws_appautoscaling_target') return false;
    const id = view.get('resource_id');
    if (id?.from.resources.includes(service.address) === true) return true;
    return (
      name !== undefined && textOf(id)?.startsWith('service/') === true && textOf(id)?.endsWith(`/${name}`) === true
    );
  });
  if (target === undefined) return undefined;
  const { view } = target;
  return {
    policy: policyOf(target, service),
    location: setAt(view, 'max_capacity'),
    minimum: numberIn(view, 'min_capacity', 0),
    maximum: numberIn(view, 'max_capacity', 0),
  };
}

/** A target only bounds the number; a policy or a time of day asks for one. */
function policyOf(target: Applied, { address, beside, view }: Applied): Maybe<'present' | 'absent'> {
  const name = knownText(view, 'name');
  let open = false;
  for (const { type, view: one } of beside) {
    if (type !== 'aws_appautoscaling_policy' && type !== 'aws_appautoscaling_scheduled_action') continue;
    const id = one.get('resource_id');
    const from = id?.from.resources ?? [];
    if (from.includes(target.address) || from.includes(address)) return 'present';
    const written = textOf(id);
    if (written === undefined ? from.length === 0 : name !== undefined && written.endsWith(`/${name}`))
      if (written !== undefined) return 'present';
      else open = true;
  }
  const bought = beside.some(({ type }) => /autoscal/i.test(type) && type.includes('/'));
  return open || bought ? unknown('a policy beside it does not tell what it scales') : 'absent';
}

/** A task that a clock starts, or that somebody runs by hand. */
function taskUnit(task: Applied): DeployedUnit {
  const name = knownText(task.view, 'family') ?? task.name;
  const scheduled = task.beside.some(
    ({ type, view }) =>
      /^aws_(?:cloudwatch_event_target|scheduler_schedule)$/.test(type) &&
      [...view.blocks('ecs_target'), ...view.blocks('target').flatMap((one) => one.blocks('ecs_parameters'))].some(
        (one) => one.get('task_definition_arn')?.from.resources.includes(task.address) === true,
      ),
  );
  const containers = taskContainers(task, false, task);
  // Beside services what none of them runs is started by hand: migrations, collecting of files.
  const isAside = task.beside.some(({ type }) => type === 'aws_ecs_service');
  const serves = containers.some(({ ports }) => ports.length > 0) && !scheduled && !isAside;
  return {
    unit: task.unit,
    name,
    audience: task.audience,
    controller: scheduled ? 'scheduled-job' : serves ? 'replicated' : 'job',
    head: task.view.at(),
    replicas: serves ? unknown('the service that runs it is not in the repository') : 1,
    replicasAt: undefined,
    containers,
  };
}

const SERVICE_MODULE = /^terraform-aws-modules\/ecs\/aws\/\/modules\/service$/;
const CLUSTER_MODULE = 'terraform-aws-modules/ecs/aws';

function isServiceModule({ type }: Applied): boolean {
  return SERVICE_MODULE.test(type) || type === CLUSTER_MODULE;
}

/** https://registry.terraform.io/modules/terraform-aws-modules/ecs/aws: a service, or a map of services with the same inputs. */
function* moduleUnits(call: Applied): Generator<DeployedUnit> {
  if (SERVICE_MODULE.test(call.type)) {
    yield moduleUnit(
      call,
      (name) => call.view.get(name),
      call.unit,
      knownText(call.view, 'name') ?? call.name,
      call.view.at(),
    );
    return;
  }
  const services = call.view.get('services');
  if (services?.kind !== 'map') return;
  for (const [name, service] of services.entries) {
    const place = service.from.places[0] ?? call.view.at('services');
    yield moduleUnit(
      call,
      (input) => memberOf(service, input),
      `${call.unit}["${name}"]`,
      textOf(memberOf(service, 'name')) ?? name,
      place,
    );
  }
}

function moduleUnit(
  call: Applied,
  get: (name: string) => Data | undefined,
  unit: string,
  name: string,
  head: Location,
): DeployedUnit {
  const desired = countOf(get('desired_count'), 1);
  const scales = truthOf(get('enable_autoscaling')) ?? true;
  const least = countOf(get('autoscaling_min_capacity'), 1);
  const most = countOf(get('autoscaling_max_capacity'), 10);
  const maximum = numberOf(get('deployment_maximum_percent')) ?? 200;
  const balanced = (itemsOf(get('load_balancer')) ?? []).length > 0;
  const containers = containersOf(get('container_definitions') ?? missing('it has no containers'), {
    location: head,
    ...{ cpu: true, memory: true, balanced },
    volume: () => undefined,
    secret: (reference) => secretOf(reference, call),
  });
  return {
    unit,
    name,
    audience: call.audience,
    controller: 'replicated',
    head,
    replicas: desired.value,
    replicasAt: desired.at,
    surge: surgeOf(desired.value, maximum),
    ...(maximum > 100 ? { surgePercent: maximum - 100 } : {}),
    scaled: scales ? { location: most.at ?? least.at ?? head, minimum: least.value, maximum: most.value } : undefined,
    elastic: true,
    containers,
  };
}
