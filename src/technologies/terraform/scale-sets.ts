import { unknown, type Maybe } from '../../location.js';
import type { DeployedContainer, DeployedProbe, DeployedUnit, Scaled, Zones } from '../deployed-unit.js';
import { itemsOf, maybeText, textOf } from '../evaluated.js';
import { countOf } from '../task-containers.js';
import { ignores } from './ecs.js';
import { knownText, referred, setAt, type Applied } from './resources.js';
import type { View } from './view.js';

const SCALE_SET = /^azurerm_(?:linux_|windows_|orchestrated_)?virtual_machine_scale_set$/;
const GROUP_MANAGER = /^google_compute_(?:region_)?instance_group_manager$/;

/** Groups of equal machines of Azure and Google that a balancer hands requests to. */
export function* scaleSetUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const resource of all) {
    if (SCALE_SET.test(resource.type)) yield* scaleSet(resource);
    if (GROUP_MANAGER.test(resource.type)) yield* groupManager(resource);
  }
}

interface Group {
  readonly count: { readonly value: Maybe<number>; readonly at: DeployedUnit['replicasAt'] };
  readonly scaled: Scaled | undefined;
  readonly zones: Zones | undefined;
  readonly probes: readonly DeployedProbe[];
  readonly ports: readonly string[];
  readonly resets: boolean;
}

function unitOf(resource: Applied, group: Group): DeployedUnit {
  const { view, unit, audience, name: own } = resource;
  const name = knownText(view, 'name') ?? own;
  const container: DeployedContainer = {
    ...{ name, location: view.at(), variables: [], open: [], mounts: [] },
    ports: group.ports.length > 0 ? group.ports : ['80'],
    ...{ probed: group.probes.length > 0, cpu: true, memory: true },
  };
  const { value, at } = group.count;
  const least = group.scaled?.minimum ?? value;
  return {
    ...{ unit, audience, name, controller: 'replicated', head: view.at(), machines: true, published: true },
    elastic: true,
    replicas: group.resets ? value : least,
    replicasAt: group.scaled === undefined || group.resets ? at : undefined,
    scaled: group.scaled,
    zones: group.zones,
    probes: group.probes.map((one) => ({ ...one, container: name })),
    containers: [container],
  };
}

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_virtual_machine_scale_set */
function* scaleSet(resource: Applied): Generator<DeployedUnit> {
  const { view, beside, address } = resource;
  const addresses = view.blocks('network_interface').flatMap((one) => one.blocks('ip_configuration'));
  const pools = ['load_balancer_backend_address_pool_ids', 'application_gateway_backend_address_pool_ids'];
  if (!addresses.some((one) => pools.some((pool) => isGiven(one, pool)))) return;
  const setting = beside.find(
    ({ type, view: one }) =>
      type === 'azurerm_monitor_autoscale_setting' &&
      one.get('target_resource_id')?.from.resources.includes(address) === true,
  );
  const [profile] = setting?.view.blocks('profile') ?? [];
  const [capacity] = profile?.blocks('capacity') ?? [];
  const check = referred(view.get('health_probe_id'), resource, 'azurerm_lb_probe')?.view;
  const path = check?.get('request_path');
  const zones = itemsOf(view.get('zones'));
  yield unitOf(resource, {
    count: countOf(view.get('instances'), 0),
    resets: setting !== undefined && !ignores(view, 'instances') && view.get('instances') !== undefined,
    scaled:
      capacity === undefined
        ? undefined
        : {
            location: setAt(capacity, 'maximum'),
            minimum: countOf(capacity.get('minimum'), 0).value,
            maximum: countOf(capacity.get('maximum'), 0).value,
            policy: (profile?.blocks('rule').length ?? 0) > 0 ? 'present' : 'absent',
          },
    zones: zones === undefined || zones.length === 0 ? undefined : { count: zones.length, location: view.at('zones') },
    probes: check === undefined ? [] : [probeAt(check, 'port', 'request_path', path && maybeText(path), 'readiness')],
    ports: [],
  });
}

function isGiven(view: View, name: string): boolean {
  const data = view.get(name);
  return data !== undefined && itemsOf(data)?.length !== 0;
}

function probeAt(
  view: View,
  port: string,
  attribute: string,
  path: Maybe<string> | undefined,
  purpose: DeployedProbe['purpose'],
): DeployedProbe {
  const location = view.get(attribute) === undefined ? view.at() : setAt(view, attribute);
  return { container: '', purpose, port: textOf(view.get(port)) ?? '', path, location };
}

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_region_instance_group_manager */
function* groupManager(resource: Applied): Generator<DeployedUnit> {
  const { view, beside, address, type } = resource;
  const isOfIt = (one: Applied, name: string): boolean => one.view.get(name)?.from.resources.includes(address) === true;
  const isServed =
    view.get('target_pools') !== undefined ||
    beside.some(
      ({ type: other, view: one }) =>
        /^google_compute_(?:region_)?backend_service$/.test(other) &&
        one.blocks('backend').some((block) => block.get('group')?.from.resources.includes(address) === true),
    );
  if (!isServed) return;
  const scaler = beside.find(
    (one) => /^google_compute_(?:region_)?autoscaler$/.test(one.type) && isOfIt(one, 'target'),
  );
  const [policy] = scaler?.view.blocks('autoscaling_policy') ?? [];
  const [healing] = view.blocks('auto_healing_policies');
  const check = referred(
    healing?.get('health_check'),
    resource,
    'google_compute_health_check',
    'google_compute_region_health_check',
    'google_compute_http_health_check',
  )?.view;
  const http = check?.blocks('http_health_check')[0] ?? check?.blocks('https_health_check')[0];
  const asked = http ?? (check?.get('request_path') === undefined ? undefined : check);
  const path = asked?.get('request_path');
  const isRegional = type.includes('region');
  const written = itemsOf(view.get('distribution_policy_zones'));
  yield unitOf(resource, {
    count: countOf(view.get('target_size'), scaler === undefined ? 0 : unknown('its autoscaler says how many')),
    resets: false,
    scaled:
      policy === undefined
        ? undefined
        : {
            location: setAt(policy, 'max_replicas'),
            minimum: countOf(policy.get('min_replicas'), 0).value,
            maximum: countOf(policy.get('max_replicas'), 0).value,
            policy: 'present',
          },
    zones: isRegional
      ? written === undefined
        ? undefined
        : { count: written.length, location: view.at('distribution_policy_zones') }
      : { count: 1, location: view.at('zone') },
    probes:
      asked === undefined
        ? []
        : [probeAt(asked, 'port', 'request_path', path === undefined ? '/' : maybeText(path), 'liveness')],
    ports: view.blocks('named_port').flatMap((one) => textOf(one.get('port')) ?? []),
  });
}
