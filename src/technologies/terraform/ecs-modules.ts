import { unknown } from '../../location.js';
import type { DeployedContainer, DeployedUnit, DeployedVariable, Scaled } from '../deployed-unit.js';
import { itemsOf, maybeText, missing, textOf, type Data } from '../evaluated.js';
import { containersOf, countOf, field, imageOf, limitOf, placeOf } from '../task-containers.js';
import { secretOf } from './ecs.js';
import { knownText, type Applied } from './resources.js';

/** What is brought in from elsewhere and called like a service of ECS: `acme/terraform-aws-ecs-service//modules/service`. */
const SERVICE = /(?:^|[^a-z])(?:ecs|fargate)(?:[^a-z]|$)[^?]{0,120}service/i;
const OTHER = /\/\/modules\/(?!service\b)|autoscal|container[-_]definition|task[-_]definition|cluster(?:\?|$)/i;
const SCALING = /autoscal/i;

/** Services of modules that are not in the repository, as far as what they are given tells. */
export function* ecsModuleUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const call of all) {
    const { type, view } = call;
    if (!type.includes('/') || type.startsWith('terraform-aws-modules/') || !SERVICE.test(type) || OTHER.test(type))
      continue;
    const runs = ['task_definition_arn', 'task_definition', 'container_definitions', 'container_image', 'image'];
    const cluster = ['cluster', 'cluster_arn', 'cluster_id', 'cluster_name', 'ecs_cluster', 'ecs_cluster_id'];
    const given = (names: readonly string[]): boolean => names.some((name) => view.get(name) !== undefined);
    if (given(runs) && given(cluster)) yield unitOf(call);
  }
}

function first({ view }: Applied, names: readonly string[]): Data | undefined {
  return names.map((name) => view.get(name)).find((one) => one !== undefined);
}

function unitOf(call: Applied): DeployedUnit {
  const { view, unit, audience } = call;
  const desired = countOf(
    first(call, ['desired_count', 'desired_task_count', 'service_desired_count', 'task_desired_count']),
    unknown('the module that runs it is not in the repository'),
  );
  const name = textOf(first(call, ['service_name', 'name'])) ?? call.name;
  const balanced = first(call, ['target_group_arn', 'load_balancer', 'lb_target_group_arn']);
  const port = textOf(view.get('container_port'));
  const isServed = balanced !== undefined && !(balanced.kind === 'plain' && (balanced.value ?? '') === '');
  const found = containersGiven(call, isServed);
  const scaled = scaledBy(call);
  return {
    ...{ unit, audience, name, controller: 'replicated', head: view.at(), elastic: true },
    ...(isServed ? { published: true } : {}),
    replicas: desired.value,
    // Whether the module leaves the number to what scales it stands in the module.
    replicasAt: scaled === undefined ? desired.at : undefined,
    surge: unknown('the module decides how many run while they are replaced'),
    scaled,
    containers:
      found.length > 0
        ? found
        : [
            {
              ...{ name, location: view.at(), variables: [], open: ['its containers'], mounts: [] },
              image: unknown('its containers are not told'),
              ports: port === undefined ? [] : [port],
              ...{ probed: isServed, cpu: true, memory: true },
            },
          ],
  };
}

const LEAST = ['autoscaling_min_capacity', 'min_capacity', 'min_task_count'];
const MOST = ['autoscaling_max_capacity', 'max_capacity', 'max_task_count'];

function scaledBy(call: Applied): Scaled | undefined {
  const other = call.beside.find(
    ({ type, view }) =>
      SCALING.test(type) &&
      type.includes('/') &&
      ['service_name', 'service', 'ecs_service_name'].some(
        (name) => view.get(name)?.from.resources.includes(call.address) === true,
      ),
  );
  const from = other ?? call;
  const maximum = countOf(first(from, MOST), 0);
  if (maximum.at === undefined) return undefined;
  return { location: maximum.at, minimum: countOf(first(from, LEAST), 1).value, maximum: maximum.value };
}

/** Its containers: written out, or each made by a module of its own, which the task is given. */
function containersGiven(call: Applied, balanced: boolean): DeployedContainer[] {
  const named = first(call, ['task_definition_arn', 'task_definition'])?.from.resources ?? [];
  const task = call.beside.find(({ address }) => named.includes(address)) ?? call;
  const definitions = first(task, ['container_definitions']);
  const size = first(task, ['memory', 'task_memory']);
  const written = containersOf(definitions ?? missing('none is written'), {
    location: task.view.at(),
    ...{ cpu: true, memory: true, balanced, size },
    volume: () => undefined,
    secret: (reference) => secretOf(reference, call),
  });
  const made = (itemsOf(definitions) ?? []).flatMap((item) => {
    const from = call.beside.find(
      ({ address, type }) => item.from.resources.includes(address) && /container[-_]definition/i.test(type),
    );
    return from === undefined ? [] : [madeBy(from, size, balanced)];
  });
  return made.length > 0 ? made : written;
}

function madeBy(from: Applied, size: Data | undefined, balanced: boolean): DeployedContainer {
  const { view } = from;
  const name = knownText(view, 'name') ?? knownText(view, 'container_name') ?? from.name;
  const image = view.get('image') ?? view.get('container_image');
  const [environment, secrets] = [view.get('environment'), view.get('secrets')];
  const ports = (itemsOf(view.get('port_mappings')) ?? []).flatMap(
    (one) => textOf(field(one, 'containerPort') ?? field(one, 'container_port')) ?? [],
  );
  return {
    name,
    location: view.at(),
    image: image === undefined ? unknown('its image is not told') : imageOf(image),
    imageAt: placeOf(image),
    variables: [...variablesOf(environment, from, false), ...variablesOf(secrets, from, true)],
    open: [environment, secrets].flatMap((one) => (one?.kind === 'unknown' ? ['what its variables are made of'] : [])),
    ports,
    ...{ probed: balanced && ports.length > 0, cpu: true, memory: true, mounts: [] },
    limit: limitOf(view.get('memory')) ?? limitOf(size),
  };
}

function variablesOf(data: Data | undefined, { view }: Applied, isSecret: boolean): DeployedVariable[] {
  if (data?.kind !== 'map') return [];
  return [...data.entries].map(([name, value]) => ({
    name,
    value: isSecret ? unknown('kept as a secret outside of the repository') : maybeText(value),
    location: placeOf(value) ?? view.at(),
  }));
}
