import { unknown, type Maybe } from '../../location.js';
import { onDemand, type DeployedUnit, type DeployedVariable } from '../deployed-unit.js';
import { maybeText, type Data } from '../evaluated.js';
import { countOf, limitOf, placeOf } from '../task-containers.js';
import { knownText, referred, setAt, type Applied } from './resources.js';
import type { View } from './view.js';

/** Functions of Google and Azure: an instance for each request under way, or for several of the second generation. */
export function* cloudFunctionUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const resource of all) {
    if (resource.type === 'google_cloudfunctions_function')
      // https://cloud.google.com/functions/docs/configuring/max-instances
      yield functionOf(resource, resource.view, ['min_instances', 'max_instances', 'available_memory_mb'], 3_000);
    if (resource.type === 'google_cloudfunctions2_function') {
      const [service = resource.view] = resource.view.blocks('service_config');
      yield functionOf(resource, service, ['min_instance_count', 'max_instance_count', 'available_memory'], 100);
    }
    if (/^azurerm_(?:linux_|windows_)?function_app$/.test(resource.type)) yield functionApp(resource);
  }
}

function functionOf(
  resource: Applied,
  view: View,
  [least, most, memory]: readonly [string, string, string],
  byDefault: number,
): DeployedUnit {
  const maximum = countOf(view.get(most), byDefault);
  const minimum = countOf(view.get(least), 0).value;
  return unitOf(resource, view.get('environment_variables'), {
    minimum,
    maximum: maximum.value,
    at: maximum.at,
    memory: view.get(memory),
  });
}

/**
 * As many machines as its plan has, where that is one of machines; plans that are made for functions start as many as are
 * needed: https://learn.microsoft.com/azure/azure-functions/functions-scale
 */
function functionApp(resource: Applied): DeployedUnit {
  const { view } = resource;
  const plan = referred(
    view.get('service_plan_id') ?? view.get('app_service_plan_id'),
    resource,
    'azurerm_service_plan',
    'azurerm_app_service_plan',
  );
  const size = knownText(plan?.view, 'sku_name');
  const [config] = view.blocks('site_config');
  const most = config?.get('app_scale_limit');
  const settings = view.get('app_settings');
  if (plan !== undefined && size !== undefined && !/^(?:Y1|FC1|EP\d)$/i.test(size)) {
    const workers = countOf(plan.view.get('worker_count'), 1);
    const unit = unitOf(resource, settings, undefined);
    return { ...unit, replicas: workers.value, replicasAt: workers.at };
  }
  const maximum = countOf(most, size === undefined ? unknown('its plan is not in the repository') : 200);
  return unitOf(resource, settings, { minimum: 0, maximum: maximum.value, at: maximum.at, memory: undefined });
}

interface Range {
  readonly minimum: Maybe<number>;
  readonly maximum: Maybe<number>;
  readonly at: ReturnType<typeof countOf>['at'];
  readonly memory: Data | undefined;
}

function unitOf(resource: Applied, variables: Data | undefined, range: Range | undefined): DeployedUnit {
  const { view, unit, audience, name: own } = resource;
  const name = knownText(view, 'name') ?? own;
  return {
    ...{ unit, audience, name, controller: 'replicated', head: view.at() },
    replicas: unknown('as many as requests need'),
    replicasAt: undefined,
    scaled:
      range === undefined
        ? undefined
        : {
            location: range.at ?? view.at(),
            minimum: onDemand(range.minimum, range.maximum),
            maximum: range.maximum,
            inherent: true,
            ...(range.at === undefined ? { by: 'its platform starts' } : {}),
          },
    containers: [
      {
        name,
        location: view.at(),
        image: unknown('what is packed for it is not told'),
        variables: variablesOf(variables, view),
        open: variables?.kind === 'unknown' ? ['variables of the function'] : [],
        ports: [],
        ...{ probed: true, cpu: true, memory: true, mounts: [] },
        limit: limitOf(range?.memory),
      },
    ],
  };
}

function variablesOf(data: Data | undefined, view: View): DeployedVariable[] {
  if (data?.kind !== 'map') return [];
  return [...data.entries].map(([name, value]) => ({
    name,
    value: maybeText(value),
    location: placeOf(value) ?? setAt(view, 'name'),
  }));
}
