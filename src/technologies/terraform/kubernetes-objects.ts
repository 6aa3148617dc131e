import type { DeployedContainer, DeployedProbe, DeployedUnit, Scaled } from '../deployed-unit.js';
import { unknown, type Maybe } from '../../location.js';
import { isNothing, maybeText, memberOf, textOf, type Data } from '../evaluated.js';
import { countOf, imageOf, limitOf, placeOf } from '../task-containers.js';
import { knownText, type Applied } from './resources.js';
import type { View } from './view.js';

const KINDS: Readonly<Record<string, DeployedUnit['controller']>> = {
  kubernetes_deployment: 'replicated',
  kubernetes_stateful_set: 'stateful',
  kubernetes_daemonset: 'daemon',
  kubernetes_job: 'job',
  kubernetes_cron_job: 'scheduled-job',
};

/** Objects of a cluster that its provider makes: https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1 */
export function* kubernetesUnits(all: readonly Applied[]): Generator<DeployedUnit> {
  for (const resource of all) {
    const type = resource.type.replace(/_v\d$/, '');
    const controller = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
    if (controller !== undefined) yield objectOf(resource, controller);
  }
}

function inside(view: View | undefined, ...path: readonly string[]): View | undefined {
  let current = view;
  for (const name of path) current = current?.blocks(name)[0];
  return current;
}

function objectOf(resource: Applied, controller: DeployedUnit['controller']): DeployedUnit {
  const { view, unit, audience } = resource;
  const spec = inside(view, 'spec');
  const job = controller === 'scheduled-job' ? inside(spec, 'job_template', 'spec') : spec;
  const pod = inside(job, 'template', 'spec');
  const name = knownText(inside(view, 'metadata'), 'name') ?? resource.name;
  const { value, at } = countOf(spec?.get('replicas'), 1);
  const rolling = inside(spec, 'strategy', 'rolling_update')?.get('max_surge');
  const isRecreated = knownText(inside(spec, 'strategy'), 'type') === 'Recreate';
  const containers = pod?.blocks('container') ?? [];
  return {
    ...{ unit, audience, name, controller, head: view.at(), elastic: true },
    replicas: value,
    replicasAt: at,
    ...(isRecreated ? { recreates: true } : surgeOf(textOf(rolling))),
    scaled: scaledBy(resource, name),
    probes: containers.flatMap((one) => probesOf(one, knownText(one, 'name') ?? name)),
    containers: containers.map((one) => containerOf(one, name, pod)),
  };
}

/** A quarter where nothing is said: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge */
function surgeOf(written: string | undefined): Pick<DeployedUnit, 'surge' | 'surgePercent'> {
  const text = written ?? '25%';
  const share = /^(\d{1,3})%$/.exec(text)?.[1];
  if (share !== undefined) return { surge: unknown('a share of the instances there are'), surgePercent: Number(share) };
  return { surge: /^\d{1,4}$/.test(text) ? Number(text) : unknown('it is no number') };
}

function scaledBy({ beside, address }: Applied, name: string): Scaled | undefined {
  for (const one of beside) {
    if (!/^kubernetes_horizontal_pod_autoscaler(?:_v\d(?:beta\d)?)?$/.test(one.type)) continue;
    const spec = inside(one.view, 'spec');
    const target = inside(spec, 'scale_target_ref')?.get('name');
    if (spec === undefined || (target?.from.resources.includes(address) !== true && textOf(target) !== name)) continue;
    const maximum = countOf(spec.get('max_replicas'), 1);
    const minimum = countOf(spec.get('min_replicas'), 1).value;
    return { location: maximum.at ?? one.view.at(), minimum, maximum: maximum.value };
  }
  return undefined;
}

function containerOf(view: View, unit: string, pod: View | undefined): DeployedContainer {
  const image = view.get('image');
  const resources = inside(view, 'resources');
  const limits = resources?.get('limits');
  const asked = (what: string): boolean =>
    [resources?.get('requests'), limits].some((one) => one?.kind === 'unknown' || !isNothing(memberOf(one, what)));
  const grace = countOf(pod?.get('termination_grace_period_seconds'), 30);
  const sources = view
    .blocks('env_from')
    .flatMap((one) => [...one.blocks('config_map_ref'), ...one.blocks('secret_ref')])
    .map((one) => knownText(one, 'name') ?? 'what it takes its variables from');
  const probe = inside(view, 'readiness_probe');
  return {
    name: knownText(view, 'name') ?? unit,
    location: view.at(),
    image: image === undefined ? undefined : imageOf(image),
    imageAt: placeOf(image),
    entrypoint: wordsOf(view.get('command')),
    command: wordsOf(view.get('args')),
    commandAt: view.at(view.get('args') === undefined ? 'command' : 'args'),
    variables: view.blocks('env').flatMap((one) => {
      const name = knownText(one, 'name');
      const value = one.get('value');
      if (name === undefined) return [];
      const told: Maybe<string> = value === undefined ? unknown('taken of what the cluster holds') : maybeText(value);
      return [{ name, value: told, location: one.at(value === undefined ? 'name' : 'value') }];
    }),
    open: sources,
    ports: view.blocks('port').flatMap((one) => textOf(one.get('container_port')) ?? []),
    probed: probe !== undefined || view.open('readiness_probe') !== undefined,
    cpu: asked('cpu'),
    memory: asked('memory'),
    limit: limitOf(memberOf(limits, 'memory')),
    grace: { seconds: grace.value, location: grace.at },
    mounts: mountsOf(view, pod),
  };
}

function wordsOf(data: Data | undefined): string[] | undefined {
  return data?.kind === 'list' ? data.items.map((item) => textOf(item) ?? '') : undefined;
}

function mountsOf(view: View, pod: View | undefined): DeployedContainer['mounts'] {
  return view.blocks('volume_mount').flatMap((one) => {
    const [path, source] = [knownText(one, 'mount_path'), knownText(one, 'name')];
    const volume = pod?.blocks('volume').find((candidate) => knownText(candidate, 'name') === source);
    if (path === undefined || source === undefined || volume === undefined) return [];
    const origin = inside(volume, 'host_path') !== undefined ? ('host-path' as const) : ('scratch' as const);
    // Storage that is claimed is told by who claims it; the rest is of this pod alone.
    if (['persistent_volume_claim', 'config_map', 'secret'].some((kind) => inside(volume, kind) !== undefined))
      return [];
    return [{ source, origin, path, readOnly: false, location: one.at('mount_path') }];
  });
}

function probesOf(view: View, container: string): DeployedProbe[] {
  return (['readiness', 'liveness'] as const).flatMap((purpose) => {
    const get = inside(view, `${purpose}_probe`, 'http_get');
    if (get === undefined) return [];
    const path = get.get('path');
    const port = textOf(get.get('port')) ?? '';
    return [{ container, purpose, port, path: path === undefined ? '/' : maybeText(path), location: get.at('path') }];
  });
}
