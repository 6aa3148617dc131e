import { state, type FactOf, type Stated } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, isScalar, items, number, pair, place, string } from '../../parse/yaml/read.js';
import { audienceOfPath } from '../audience.js';
import { megabytesOf, QUANTITY } from '../memory-size.js';
import { labelsOf, rendered, type KubernetesObject } from './objects.js';
import { podOwnersOf, variablesOf, type Container, type PodOwner } from './pods.js';

type Controller = 'replicated' | 'stateful' | 'daemon' | 'job' | 'scheduled-job';

const CONTROLLERS: Readonly<Record<string, Controller>> = {
  StatefulSet: 'stateful',
  DaemonSet: 'daemon',
  Job: 'job',
  CronJob: 'scheduled-job',
};

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const owner of podOwnersOf(document)) {
    for (const container of owner.containers) yield stateContainer(document, owner, container);
  }
}

function stateContainer(document: Document<YamlTree>, owner: PodOwner, container: Container): Stated {
  const { object, spec } = owner;
  const isPod = object.kind === 'Pod';
  const replicas = replicasOf(owner);
  const command = wordsOf(container.node, 'args');
  const entrypoint = wordsOf(container.node, 'command');
  const isFinite =
    isPod && (/^(?:Never|OnFailure)$/.test(string(get(spec, 'restartPolicy')) ?? '') || waits([entrypoint, command]));
  const image = string(get(container.node, 'image'));
  const workingDirectory = string(get(container.node, 'workingDir'));
  return state(
    workload,
    locate(document, replicas.pair === undefined ? object.place : place(replicas.pair)),
    {
      unit: owner.unit,
      name: object.name,
      container: container.name,
      controller: isFinite ? 'job' : (CONTROLLERS[object.kind] ?? 'replicated'),
      placement: 'many-hosts',
      audience: audienceOfPath(document.path) ?? 'production',
      ...(document.tree.offered === undefined ? {} : { offered: document.tree.offered }),
      replicas: replicas.value,
      replicasExplicit: replicas.pair !== undefined,
      ...rolloutOf(owner, replicas.value),
      // A pod of its own has a fixed name, and nothing that could start a second one.
      singleName: isPod,
      ...(image === undefined ? {} : { image: imageOf(image) }),
      ...(entrypoint === undefined ? {} : { entrypoint }),
      ...(command === undefined ? {} : { command }),
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
      labels: labelsOf(get(owner.template, 'metadata', 'labels')),
      environmentSources: environmentSources(document, owner, container),
      readinessProbe: readinessOf(owner, container),
      cpuRequest: requests(owner, container, 'cpu'),
      memoryRequest: requests(owner, container, 'memory'),
      ...(isElastic(object) ? { elastic: true, evictable: true } : {}),
      grace: graceOf(owner, container),
      ...memoryLimitOf(container),
      ports: items(get(container.node, 'ports')).flatMap((port) => string(get(port, 'containerPort')) ?? []),
    },
    [],
    placesOf(document, owner, container),
  );
}

/** Whatever has the means to be scaled, https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/; the platform of functions does it by itself. */
function isElastic({ kind, group }: KubernetesObject): boolean {
  return group !== 'serving.knative.dev' && !(kind in CONTROLLERS && kind !== 'StatefulSet') && kind !== 'Pod';
}

function replicasOf({ object }: PodOwner): { value: Maybe<number>; pair: YamlPair | undefined } {
  const key = object.kind === 'Job' || object.kind === 'CronJob' ? 'parallelism' : 'replicas';
  const holder = object.kind === 'CronJob' ? get(object.node, 'spec', 'jobTemplate', 'spec') : get(object.node, 'spec');
  const found = pair(holder, key);
  if (object.kind === 'DaemonSet') return { value: unknown('one for each machine of the cluster'), pair: undefined };
  if (object.group === 'serving.knative.dev') {
    return { value: unknown('the platform starts as many as there is load for'), pair: undefined };
  }
  if (found === undefined || !isScalar(found.value)) return { value: 1, pair: undefined };
  const count = number(found.value);
  return { value: count ?? unknown(`not a number here: ${found.value.text.slice(0, 80)}`), pair: found };
}

interface Rollout {
  readonly strategy: Maybe<'rolling' | 'recreate'>;
  readonly surge: Maybe<number>;
  readonly surgePercent?: number;
}

function rolloutOf({ object }: PodOwner, replicas: Maybe<number>): Rollout {
  const none = { strategy: 'rolling', surge: 0 } as const;
  if (object.kind === 'Pod' || object.kind === 'Job' || object.kind === 'CronJob')
    return { strategy: 'recreate', surge: 0 };
  if (object.group === 'serving.knative.dev') {
    return { strategy: 'rolling', surge: unknown('a new revision runs beside the old one until traffic has moved') };
  }
  const strategy = get(object.node, 'spec', 'strategy');
  if (object.kind === 'DaemonSet') {
    return {
      strategy: 'rolling',
      ...surgeOf(get(object.node, 'spec', 'updateStrategy', 'rollingUpdate'), replicas, '0'),
    };
  }
  if (object.kind === 'StatefulSet' || object.kind.startsWith('Replica')) return none;
  if (object.kind === 'Rollout') {
    // Blue and green run at full size side by side.
    if (get(strategy, 'blueGreen') !== undefined) return { strategy: 'rolling', surge: replicas };
    return { strategy: 'rolling', ...surgeOf(get(strategy, 'canary'), replicas, '25%') };
  }
  if (string(get(strategy, 'type')) === 'Recreate') return { strategy: 'recreate', surge: 0 };
  const parameters = get(strategy, object.kind === 'DeploymentConfig' ? 'rollingParams' : 'rollingUpdate');
  return { strategy: 'rolling', ...surgeOf(parameters, replicas, '25%') };
}

/** A share of the replicas is rounded up. */
function surgeOf(
  parameters: YamlNode | undefined,
  replicas: Maybe<number>,
  byDefault: string,
): Pick<Rollout, 'surge' | 'surgePercent'> {
  const text = string(get(parameters, 'maxSurge')) ?? byDefault;
  const match = /^(\d{1,6})(%?)$/.exec(text);
  if (match === null) return { surge: unknown(`not a number here: ${text.slice(0, 80)}`) };
  const share = Number(match[1]);
  if (match[2] !== '%' || share === 0) return { surge: share };
  const surge = isUnknown(replicas)
    ? unknown<number>(`${text} of the replicas, which are not known`)
    : Math.ceil((replicas * share) / 100);
  return { surge, surgePercent: share };
}

function wordsOf(container: YamlNode, key: string): readonly string[] | undefined {
  const node = get(container, key);
  if (node?.kind !== 'list') return undefined;
  return node.items.map((item) => string(item) ?? '');
}

/** `envFrom` in order, then what the container sets itself, which wins. */
function environmentSources(document: Document, owner: PodOwner, container: Container): string[] {
  const { namespace } = owner.object;
  const taken = items(get(container.node, 'envFrom')).flatMap((source) => {
    // With a prefix the variables have other names than in the set.
    if ((string(get(source, 'prefix')) ?? '') !== '') return [];
    const map = string(get(source, 'configMapRef', 'name'));
    const secret = string(get(source, 'secretRef', 'name'));
    if (map !== undefined) return [`config-map:${namespace}/${map}`];
    return secret === undefined ? [] : [`secret:${namespace}/${secret}`];
  });
  return [...taken, variablesOf(document, owner, container)];
}

/** https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/: what runs before the signal takes its time of the same 30 seconds. */
function graceOf({ spec }: PodOwner, { node }: Container): Maybe<number> {
  const written = get(spec, 'terminationGracePeriodSeconds');
  const whole = written === undefined ? 30 : number(written);
  if (whole === undefined) return unknown('not a number here');
  const before = get(node, 'lifecycle', 'preStop');
  if (before === undefined) return whole;
  const words = items(get(before, 'exec', 'command')).map((word) => string(word) ?? '');
  const sleeps = number(get(before, 'sleep', 'seconds')) ?? Number(/\bsleep (\d{1,6})\b/.exec(words.join(' '))?.[1]);
  return Number.isNaN(sleeps) ? unknown('what runs before the signal takes its time') : Math.max(0, whole - sleeps);
}

/** A limit counts as a request of the same size where no request stands. */
function requests(owner: PodOwner, container: Container, resource: string): Maybe<'present' | 'absent'> {
  for (const resources of [get(container.node, 'resources'), get(owner.spec, 'resources')]) {
    const whole = filledIn(resources);
    if (whole !== undefined) return whole;
    for (const key of ['requests', 'limits']) if (isScalar(get(resources, key, resource))) return 'present';
  }
  return 'absent';
}

/**
 * A pod gets requests when all of its containers are ready, https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-conditions,
 * and one that asks a server in front of another asks that one as well, or does not.
 */
function readinessOf({ containers }: PodOwner, { node }: Container): Maybe<'present' | 'absent'> {
  const own = get(node, 'readinessProbe');
  if (own?.kind === 'map') return 'present';
  const beside = containers.find((one) => get(one.node, 'readinessProbe', 'httpGet')?.kind === 'map');
  const reason = `${beside?.name ?? ''} in the same pod is asked, which may ask this one`;
  return filledIn(own) ?? (beside === undefined ? 'absent' : unknown(reason, ['present', 'absent']));
}

function memoryLimitOf({ node }: Container): { memoryLimit?: Maybe<number> } {
  const text = string(get(node, 'resources', 'limits', 'memory'));
  if (text === undefined) return {};
  const written = rendered(text);
  if (isUnknown(written)) return { memoryLimit: unknown(written.unknown) };
  return { memoryLimit: megabytesOf(text, QUANTITY) ?? unknown(`not a size here: ${text.slice(0, 80)}`) };
}

/** Something that another program puts there. */
function filledIn(node: YamlNode | undefined): Maybe<never> | undefined {
  const text = string(node);
  const value = text === undefined ? undefined : rendered(text);
  return isUnknown(value) ? unknown(value.unknown) : undefined;
}

/** Commands and what a container lacks stand with the container, how many there are with its owner. */
function placesOf(
  document: Document,
  { spec }: PodOwner,
  { node, place: name }: Container,
): NonNullable<FactOf<typeof workload>['places']> {
  const container = locate(document, name);
  const image = get(node, 'image');
  const limit = get(node, 'resources', 'limits', 'memory');
  const grace = get(spec, 'terminationGracePeriodSeconds');
  const at = (key: string) => items(get(node, key)).map((word) => locate(document, word));
  return {
    image: image === undefined ? container : locate(document, image),
    entrypoint: at('command'),
    command: at('args'),
    readinessProbe: container,
    ...(limit === undefined ? {} : { memoryLimit: locate(document, limit) }),
    grace: grace === undefined ? container : locate(document, grace),
    cpuRequest: container,
    memoryRequest: container,
  };
}

/** Which version is filled in, its name is written: `shop:${GIT_COMMIT}` is some version of shop. */
function imageOf(text: string): Maybe<string> {
  const hole = text.search(/\{\{|\$\{|<%/);
  const colon = hole < 0 ? -1 : text.lastIndexOf(':', hole);
  const isTag = colon > 0 && !text.slice(colon, hole).includes('/');
  return isTag ? rendered(text.slice(0, colon).replace(/@.*/s, '')) : rendered(text);
}

/** A pod of its own that only waits is there for somebody who works in it by hand. */
function waits(words: readonly (readonly string[] | undefined)[]): boolean {
  const text = words.flatMap((one) => one ?? []).join(' ');
  return /\bsleep\s+(?:\d|inf)|\btail\s+-f\s+\/dev\/null|\bwhile\s+(?:true|:)/.test(text);
}
