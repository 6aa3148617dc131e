import { unknown, type Maybe } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { DeployedContainer, DeployedMount, DeployedProbe, DeployedUnit, Scaled } from '../deployed-unit.js';
import { isNothing, itemsOf, memberOf, missing, numberOf, textOf, type Data } from '../evaluated.js';
import { containersOf, countOf, field, sourceOf, type TaskAround } from '../task-containers.js';
import { functionUnit, isFunction } from './functions.js';
import { machineUnit, probesOfGroup, subnetsOf, zonesOf } from './machines.js';
import type { Resource, Template } from './resource.js';
import { groupsOf } from './target-groups.js';
import { taken, templatesOf } from './template.js';

const known = new WeakMap<readonly Document[], readonly DeployedUnit[]>();

/** Everything of the project's own that templates run. */
export function unitsOf(documents: readonly Document[]): readonly DeployedUnit[] {
  const found = known.get(documents);
  if (found !== undefined) return found;
  const templates = templatesOf(documents);
  const all = templates.flatMap(({ resources }) => resources);
  const units = templates.flatMap((template) => [...unitsIn(template, all)]);
  known.set(documents, units);
  return units;
}

function* unitsIn(template: Template, all: readonly Resource[]): Generator<DeployedUnit> {
  const used = new Set<Resource>();
  for (const resource of template.resources) {
    if (resource.type === 'AWS::ECS::Service') {
      const task = taken(resource.get('TaskDefinition'), resource, 'AWS::ECS::TaskDefinition');
      if (task !== undefined) used.add(task);
      yield serviceUnit(resource, task, all);
    }
    if (isFunction(resource)) yield functionUnit(resource);
    const machines = resource.type === 'AWS::AutoScaling::AutoScalingGroup' ? machineUnit(resource, all) : undefined;
    if (machines !== undefined) yield machines;
  }
  const hasService = template.resources.some(({ type }) => type === 'AWS::ECS::Service');
  for (const resource of template.resources) {
    if (resource.type === 'AWS::ECS::TaskDefinition' && !used.has(resource)) yield taskUnit(resource, hasService);
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html: one where nothing is said. */
function serviceUnit(service: Resource, task: Resource | undefined, all: readonly Resource[]): DeployedUnit {
  const desired = countOf(service.get('DesiredCount'), 1);
  const maximum = numberOf(service.get('DeploymentConfiguration', 'MaximumPercent')) ?? 200;
  const minimum = numberOf(service.get('DeploymentConfiguration', 'MinimumHealthyPercent')) ?? 100;
  const isDaemon = textOf(service.get('SchedulingStrategy')) === 'DAEMON';
  const balanced = (itemsOf(service.get('LoadBalancers')) ?? []).length > 0;
  return {
    unit: service.unit,
    name: serviceName(service, task),
    audience: service.audience,
    controller: isDaemon ? 'daemon' : 'replicated',
    head: service.head,
    replicas: isDaemon ? unknown('one for each machine of the cluster') : desired.value,
    replicasAt: desired.at,
    recreates: maximum <= 100 && minimum < 100,
    surge: surgeOf(desired.value, maximum),
    ...(maximum > 100 ? { surgePercent: maximum - 100 } : {}),
    scaled: scaledOf(service),
    elastic: true,
    ...(balanced ? { published: true as const } : {}),
    zones: zonesOf(subnetsOf(service), service.head),
    probes: (itemsOf(service.get('LoadBalancers')) ?? []).flatMap((one) => probesBy(one, all)),
    containers: task === undefined ? [lost(service, balanced)] : taskContainers(task, service, balanced),
  };
}

/** A task that its balancer finds ill is replaced: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html */
function probesBy(balancer: Data, all: readonly Resource[]): DeployedProbe[] {
  const container = textOf(field(balancer, 'containerName'));
  const named = field(balancer, 'targetGroupArn');
  if (container === undefined || named === undefined) return [];
  const port = textOf(field(balancer, 'containerPort')) ?? '';
  return groupsOf([named], all).flatMap((one) => probesOfGroup(one, container, port, 'liveness'));
}

export function serviceName(service: Resource, task: Resource | undefined): string {
  return textOf(service.get('ServiceName')) ?? textOf(task?.get('Family')) ?? service.id;
}

function surgeOf(desired: Maybe<number>, maximum: number): Maybe<number> {
  return typeof desired === 'number' ? Math.floor((desired * maximum) / 100) - desired : desired;
}

function lost(service: Resource, balanced: boolean): DeployedContainer {
  const ports = (itemsOf(service.get('LoadBalancers')) ?? []).flatMap(
    (one) => textOf(field(one, 'containerPort')) ?? [],
  );
  const image = unknown<string>('its task definition is not in the template');
  const rest = { probed: balanced, cpu: true, memory: true, mounts: [] };
  return {
    name: service.id,
    location: service.head,
    image,
    variables: [],
    open: ['its task definition'],
    ports,
    ...rest,
  };
}

function taskContainers(task: Resource, service: Resource, balanced: boolean): readonly DeployedContainer[] {
  const definitions = task.get('ContainerDefinitions') ?? missing('it has no containers');
  const compatible = itemsOf(task.get('RequiresCompatibilities')) ?? [];
  const isFargate =
    textOf(service.get('LaunchType')) === 'FARGATE' || compatible.some((one) => textOf(one) === 'FARGATE');
  const around: TaskAround = {
    location: task.head,
    cpu: isFargate || !isNothing(task.get('Cpu')),
    memory: isFargate || !isNothing(task.get('Memory')),
    size: task.get('Memory'),
    balanced,
    volume: (name) => volumeOf(task, name),
    secret: () => undefined,
  };
  const found = containersOf(definitions, around);
  if (found.length > 0) return found;
  return [{ ...lost(service, balanced), open: [sourceOf(definitions, 'its container definitions')] }];
}

function volumeOf(task: Resource, name: string): Pick<DeployedMount, 'source' | 'origin' | 'access'> | undefined {
  const volume = (itemsOf(task.get('Volumes')) ?? []).find((one) => textOf(field(one, 'name')) === name);
  if (memberOf(volume, 'EFSVolumeConfiguration') !== undefined) {
    const system = memberOf(memberOf(volume, 'EFSVolumeConfiguration'), 'FilesystemId');
    return {
      source: `${task.template.path}: ${system?.from.resources[0] ?? name}`,
      origin: 'claim',
      access: 'many-nodes',
    };
  }
  const docker = memberOf(volume, 'DockerVolumeConfiguration');
  if (textOf(memberOf(docker, 'Scope')) === 'shared') return { source: name, origin: 'named' };
  const path = textOf(memberOf(memberOf(volume, 'Host'), 'SourcePath'));
  return path === undefined ? { source: name, origin: 'scratch' } : { source: path, origin: 'host-path' };
}

function scaledOf(service: Resource): Scaled | undefined {
  const name = textOf(service.get('ServiceName'));
  const target = service.template.resources.find((one) => {
    if (one.type !== 'AWS::ApplicationAutoScaling::ScalableTarget') return false;
    const id = one.get('ResourceId');
    if (id?.from.resources.includes(service.id) === true) return true;
    return name !== undefined && textOf(id)?.endsWith(`/${name}`) === true;
  });
  if (target === undefined) return undefined;
  const most = countOf(target.get('MaxCapacity'), 0);
  return {
    policy: policyOf(target),
    location: most.at ?? target.head,
    minimum: countOf(target.get('MinCapacity'), 0).value,
    maximum: most.value,
  };
}

/** A target only bounds the number; a policy or a time of day asks for one. */
function policyOf(target: Resource): Maybe<'present' | 'absent'> {
  if ((itemsOf(target.get('ScheduledActions')) ?? []).length > 0) return 'present';
  const policies = target.template.resources.filter(
    ({ type }) => type === 'AWS::ApplicationAutoScaling::ScalingPolicy',
  );
  const of = policies.map((one) => one.get('ScalingTargetId') ?? one.get('ScalingTargetID') ?? one.get('ResourceId'));
  if (of.some((one) => one?.from.resources.includes(target.id) === true)) return 'present';
  const id = textOf(target.get('ResourceId'));
  if (id !== undefined && of.some((one) => textOf(one) === id)) return 'present';
  return of.some((one) => textOf(one) === undefined) ? unknown('a policy does not tell what it scales') : 'absent';
}

function taskUnit(task: Resource, hasService: boolean): DeployedUnit {
  const containers = taskContainers(task, task, false);
  const scheduled = task.template.resources.some(
    (one) =>
      /^AWS::(?:Events::Rule|Scheduler::Schedule)$/.test(one.type) &&
      mentions(one.get('Targets') ?? one.get('Target'), task.id, 0),
  );
  const serves = !scheduled && !hasService && containers.some(({ ports }) => ports.length > 0);
  return {
    unit: task.unit,
    name: textOf(task.get('Family')) ?? task.id,
    audience: task.audience,
    controller: scheduled ? 'scheduled-job' : serves ? 'replicated' : 'job',
    head: task.head,
    replicas: serves ? unknown('the service that runs it is not in the template') : 1,
    replicasAt: undefined,
    containers,
  };
}

function mentions(data: Data | undefined, id: string, depth: number): boolean {
  if (data === undefined || depth > 6) return false;
  return data.from.resources.includes(id) || (itemsOf(data) ?? []).some((one) => mentions(one, id, depth + 1));
}
