import { isUnknown, unknown, type Maybe } from '../../location.js';
import {
  onDemand,
  type DeployedContainer,
  type DeployedMount,
  type DeployedUnit,
  type DeployedVariable,
  type Grace,
  type MemoryLimit,
} from '../deployed-unit.js';
import { isNothing, maybeText, memberOf, textOf, type Data } from '../evaluated.js';
import { countOf, imageOf, limitOf, placeOf } from '../task-containers.js';
import { hostOf } from './computed.js';
import { knownText, referred, setAt, type Applied } from './resources.js';
import type { View } from './view.js';

/** Platforms that run an image on demand: Cloud Run, Container Apps, App Runner. */
export function* platformUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const resource of all) {
    if (resource.type === 'google_cloud_run_service') yield cloudRunService(resource);
    if (resource.type === 'google_cloud_run_v2_service') yield cloudRunSecond(resource);
    if (resource.type === 'google_cloud_run_v2_job') yield cloudRunJob(resource);
    if (resource.type === 'azurerm_container_app') yield containerApp(resource);
    if (resource.type === 'azurerm_container_app_job') yield containerAppJob(resource);
    if (resource.type === 'aws_apprunner_service') yield appRunner(resource);
    if (WEB_APPS.test(resource.type)) yield webApp(resource);
  }
}

function unitOf(
  resource: Applied,
  containers: readonly DeployedContainer[],
): Omit<DeployedUnit, 'replicas' | 'replicasAt'> {
  const { unit, audience, view } = resource;
  return { unit, audience, name: nameOf(resource), controller: 'replicated', head: view.at(), containers };
}

function nameOf(resource: Applied): string {
  return (
    knownText(resource.view, 'name') ?? knownText(resource.view, 'service_name') ?? (hostOf(resource) || resource.name)
  );
}

/** https://cloud.google.com/run/docs/configuring/max-instances: 100 where nothing is said; https://cloud.google.com/run/docs/configuring/min-instances: 0. */
function cloudRunService(resource: Applied): DeployedUnit {
  const [template] = resource.view.blocks('template');
  const [spec] = template?.blocks('spec') ?? [];
  const annotations = template?.blocks('metadata')[0]?.get('annotations');
  const annotated = (name: string): Data | undefined =>
    annotations?.kind === 'map' ? annotations.entries.get(`autoscaling.knative.dev/${name}`) : undefined;
  const containers = (spec?.blocks('containers') ?? []).map((one) => containerOf(one, resource, 'env'));
  return runUnit(resource, containers, annotated('minScale'), annotated('maxScale'));
}

function cloudRunSecond(resource: Applied): DeployedUnit {
  const [template] = resource.view.blocks('template');
  const [scaling] = [...(template?.blocks('scaling') ?? []), ...resource.view.blocks('scaling')];
  const containers = (template?.blocks('containers') ?? []).map((one) => containerOf(one, resource, 'env'));
  return runUnit(resource, containers, scaling?.get('min_instance_count'), scaling?.get('max_instance_count'));
}

function runUnit(
  resource: Applied,
  containers: readonly DeployedContainer[],
  least: Data | undefined,
  most: Data | undefined,
): DeployedUnit {
  const maximum = countOf(most, 100);
  const minimum = countOf(least, 0).value;
  return {
    ...unitOf(resource, containers),
    replicas: unknown('the platform starts as many as there are requests for'),
    replicasAt: undefined,
    surge: unknown('a new revision runs beside the old one until traffic has moved'),
    scaled: {
      location: maximum.at ?? resource.view.at(),
      minimum: onDemand(minimum, maximum.value),
      maximum: maximum.value,
      inherent: true,
      ...(maximum.at === undefined ? { by: 'its platform starts' } : {}),
    },
  };
}

function cloudRunJob(resource: Applied): DeployedUnit {
  const [template] = (resource.view.blocks('template')[0] ?? resource.view).blocks('template');
  const containers = (template?.blocks('containers') ?? []).map((one) => containerOf(one, resource, 'env'));
  return { ...unitOf(resource, containers), controller: 'job', replicas: 1, replicasAt: undefined };
}

/** https://learn.microsoft.com/azure/container-apps/scale-app: from 0 to 10 where nothing is said. */
function containerApp(resource: Applied): DeployedUnit {
  const [template] = resource.view.blocks('template');
  const containers = (template?.blocks('container') ?? []).map((one) => containerOf(one, resource, 'env', template));
  const maximum = countOf(template?.get('max_replicas'), 10);
  const minimum = countOf(template?.get('min_replicas'), 0);
  const isAsleep = !isUnknown(minimum.value) && minimum.value === 0;
  return {
    ...unitOf(resource, containers),
    replicas: minimum.value,
    replicasAt: minimum.at,
    surge: unknown('a new revision runs beside the old one until it is ready'),
    scaled: {
      location: maximum.at ?? minimum.at ?? resource.view.at(),
      minimum: isAsleep ? onDemand(minimum.value, maximum.value) : minimum.value,
      maximum: maximum.value,
      inherent: true,
      ...(maximum.at === undefined ? { by: 'its platform starts' } : {}),
    },
  };
}

function containerAppJob(resource: Applied): DeployedUnit {
  const [template] = resource.view.blocks('template');
  const containers = (template?.blocks('container') ?? []).map((one) => containerOf(one, resource, 'env', template));
  const scheduled = resource.view.blocks('schedule_trigger_config').length > 0;
  return {
    ...unitOf(resource, containers),
    controller: scheduled ? 'scheduled-job' : 'job',
    replicas: 1,
    replicasAt: undefined,
  };
}

/** https://docs.aws.amazon.com/apprunner/latest/dg/manage-autoscaling.html: from 1 to 25 where nothing is said. */
function appRunner(resource: Applied): DeployedUnit {
  const { view } = resource;
  const scaling = referred(
    view.get('auto_scaling_configuration_arn'),
    resource,
    'aws_apprunner_auto_scaling_configuration_version',
  )?.view;
  const maximum = countOf(scaling?.get('max_size'), 25);
  const minimum = countOf(scaling?.get('min_size'), 1);
  const [source] = view.blocks('source_configuration');
  const [repository] = source?.blocks('image_repository') ?? [];
  const [settings] = repository?.blocks('image_configuration') ?? [];
  const image = repository?.get('image_identifier');
  const port = settings?.get('port');
  const container: DeployedContainer = {
    name: nameOf(resource),
    location: view.at(),
    image: image === undefined ? unknown('it is built from source by the platform') : imageOf(image),
    imageAt: placeOf(image),
    variables: variablesOfMap(settings?.get('runtime_environment_variables'), view),
    open: isNothing(settings?.get('runtime_environment_secrets')) ? [] : ['secrets of the service'],
    ports: [textOf(port) ?? '8080'],
    ...{ probed: true, cpu: true, memory: true, mounts: [] },
    limit: limitOf(view.blocks('instance_configuration')[0]?.get('memory')),
  };
  return {
    ...unitOf(resource, [container]),
    replicas: minimum.value,
    replicasAt: undefined,
    scaled: {
      location: maximum.at ?? view.at(),
      minimum: onDemand(minimum.value, maximum.value),
      maximum: maximum.value,
      inherent: true,
      ...(maximum.at === undefined ? { by: 'its platform starts' } : {}),
    },
  };
}

const WEB_APPS = /^azurerm_(?:(?:linux|windows)_web_app|app_service)$/;

/** As many as the plan has machines: https://learn.microsoft.com/azure/app-service/overview-hosting-plans */
function webApp(resource: Applied): DeployedUnit {
  const { view } = resource;
  const plan = referred(
    view.get('service_plan_id') ?? view.get('app_service_plan_id'),
    resource,
    'azurerm_service_plan',
    'azurerm_app_service_plan',
  );
  const workers = countOf(plan?.view.get('worker_count') ?? plan?.view.blocks('sku')[0]?.get('capacity'), 1);
  const config = view.blocks('site_config')[0];
  const [stack] = config?.blocks('application_stack') ?? [];
  const legacy = textOf(config?.get('linux_fx_version'));
  const image = stack?.get('docker_image_name') ?? stack?.get('docker_image');
  const scaling =
    plan === undefined
      ? undefined
      : plan.beside.find(
          ({ type, view: one }) =>
            type === 'azurerm_monitor_autoscale_setting' &&
            one.get('target_resource_id')?.from.resources.includes(plan.address) === true,
        );
  const capacity = scaling?.view.blocks('profile')[0]?.blocks('capacity')[0];
  const container: DeployedContainer = {
    name: nameOf(resource),
    location: view.at(),
    ...(image === undefined && legacy?.startsWith('DOCKER|') !== true
      ? {}
      : { image: image === undefined ? (legacy ?? '').slice(7) : imageOf(image) }),
    imageAt: placeOf(image) ?? view.at(),
    command: commandOf(config),
    variables: variablesOfMap(view.get('app_settings'), view),
    open: view.get('app_settings')?.kind === 'unknown' ? ['app_settings'] : [],
    ports: [knownText(config, 'port') ?? '80'],
    // The platform asks it only where a path is given: https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
    probed: !isNothing(config?.get('health_check_path')),
    ...{ cpu: true, memory: true, mounts: [] },
  };
  return {
    ...unitOf(resource, [container]),
    replicas: plan === undefined ? unknown('its plan is not in the repository') : workers.value,
    replicasAt: workers.at,
    scaled:
      capacity === undefined
        ? undefined
        : {
            location: setAt(capacity, 'maximum'),
            minimum: countOf(capacity.get('minimum'), 1).value,
            maximum: countOf(capacity.get('maximum'), 1).value,
          },
  };
}

function commandOf(config: View | undefined): string[] | undefined {
  const command = knownText(config, 'app_command_line');
  return command === undefined || command === '' ? undefined : ['sh', '-c', command];
}

function variablesOfMap(data: Data | undefined, view: View): DeployedVariable[] {
  if (data?.kind !== 'map') return [];
  return [...data.entries].map(([name, value]) => ({
    name,
    value: maybeText(value),
    location: placeOf(value) ?? view.at(),
  }));
}

/** A container as Cloud Run and Container Apps write it. */
function containerOf(view: View, resource: Applied, environment: string, template?: View): DeployedContainer {
  const image = view.get('image');
  const [port] = view.blocks('ports');
  const served = textOf(port?.get('container_port')) ?? textOf(resource.view.blocks('ingress')[0]?.get('target_port'));
  const isRun = resource.type.startsWith('google_cloud_run');
  const isMain = isRun || knownText(view, 'name') !== undefined;
  return {
    name: knownText(view, 'name') ?? nameOf(resource),
    location: view.at(),
    ...(image === undefined ? {} : { image: imageOf(image) }),
    imageAt: image === undefined ? view.at() : (placeOf(image) ?? view.at('image')),
    entrypoint: wordsOf(view.get('command')),
    command: wordsOf(view.get('args')),
    commandAt: view.at(view.get('args') === undefined ? 'command' : 'args'),
    workingDirectory: knownText(view, 'working_dir'),
    variables: view.blocks(environment).flatMap((one) => variableOf(one, resource)),
    open: openOf(view.open(environment)),
    ports: isMain ? [served ?? (isRun ? '8080' : '')].filter((one) => one !== '') : [],
    // Both ask whether the port is open before they send requests: https://cloud.google.com/run/docs/configuring/healthchecks, https://learn.microsoft.com/azure/container-apps/health-probes
    probed: true,
    ...{ cpu: true, memory: true },
    limit: memoryOf(view),
    grace: graceOf(resource, template),
    mounts: mountsOf(view, template, resource),
  };
}

/** https://cloud.google.com/run/docs/configuring/services/memory-limits: what nothing is said of is left to the platform, and not told. */
function memoryOf(view: View): MemoryLimit | undefined {
  const [resources] = view.blocks('resources');
  return limitOf(view.get('memory')) ?? limitOf(memberOf(resources?.get('limits'), 'memory'));
}

/** https://cloud.google.com/run/docs/container-contract and https://learn.microsoft.com/azure/container-apps/application-lifecycle-management */
function graceOf({ type }: Applied, template: View | undefined): Grace {
  if (type.startsWith('google_cloud_run')) return { seconds: 10, location: undefined };
  const { value, at } = countOf(template?.get('termination_grace_period_seconds'), 30);
  return { seconds: value, location: at };
}

/** What further variables come from, by its name. */
function openOf(reason: string | undefined): string[] {
  if (reason === undefined) return [];
  return [/\b(?:var|local|data)\.[\w.]{1,80}/.exec(reason)?.[0] ?? 'what its variables are made of'];
}

function wordsOf(data: Data | undefined): string[] | undefined {
  return data?.kind === 'list' ? data.items.map((item) => textOf(item) ?? '') : undefined;
}

function variableOf(view: View, resource: Applied): DeployedVariable[] {
  const name = textOf(view.get('name'));
  if (name === undefined) return [];
  const value = view.get('value');
  // Of a repeated block the value tells where it is from; what is taken of a resource is set here.
  const own = value === undefined || value.from.resources.length > 0 ? undefined : placeOf(value);
  const location = own ?? view.at(value === undefined ? 'name' : 'value');
  if (value !== undefined && !isNothing(value)) return [{ name, value: maybeText(value), location }];
  const secret = knownText(view, 'secret_name');
  const held =
    secret === undefined ? undefined : resource.view.blocks('secret').find((one) => knownText(one, 'name') === secret);
  const inline = held?.get('value');
  const told: Maybe<string> =
    inline === undefined ? unknown('kept as a secret outside of the repository') : secretUrl(maybeText(inline));
  return [{ name, value: told, location }];
}

/** Of a secret only where it leads is told. */
function secretUrl(value: Maybe<string>): Maybe<string> {
  const text = isUnknown(value) ? undefined : value;
  const url = /^([a-z][a-z0-9+.-]{1,30}:\/\/)(?:[^@/]{0,500}@)?([^/?#]{0,300}(?:\/[^?#]{0,200})?)/i.exec(text ?? '');
  return url === null ? unknown('kept as a secret') : `${url[1] ?? ''}${url[2] ?? ''}`;
}

function mountsOf(view: View, template: View | undefined, resource: Applied): DeployedMount[] {
  return view.blocks('volume_mounts').flatMap((one): DeployedMount[] => {
    const path = knownText(one, 'path') ?? knownText(one, 'mount_path');
    const source = knownText(one, 'name');
    if (path === undefined || source === undefined) return [];
    const volume = template?.blocks('volume').find((candidate) => knownText(candidate, 'name') === source);
    const location = one.at('path');
    if (knownText(volume, 'storage_type') !== 'AzureFile') {
      return resource.type === 'azurerm_container_app'
        ? [{ source, origin: 'scratch', path, readOnly: false, location }]
        : [];
    }
    return [
      { source: `${resource.unit}/${source}`, origin: 'claim', path, readOnly: false, location, access: 'many-nodes' },
    ];
  });
}
