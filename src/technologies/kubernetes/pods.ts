import type { Document, Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { audienceOfPath } from '../audience.js';
import { objectsOf, type KubernetesObject } from './objects.js';

export interface Container {
  readonly name: string;
  readonly node: YamlNode;
  /** Where it is named. */
  readonly place: Range;
}

/** An object that runs pods. */
export interface PodOwner {
  readonly object: KubernetesObject;
  /** As facts call it: `Deployment/shop/web`. */
  readonly unit: string;
  /** Metadata and spec of its pods. */
  readonly template: YamlNode;
  readonly spec: YamlNode;
  /** Those that run as long as the pod does: sidecars included, preparations left out. */
  readonly containers: readonly Container[];
}

/** Path to the template of pods, by kind and group. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'Deployment.apps': ['spec', 'template'],
  'Deployment.extensions': ['spec', 'template'],
  'StatefulSet.apps': ['spec', 'template'],
  'DaemonSet.apps': ['spec', 'template'],
  'DaemonSet.extensions': ['spec', 'template'],
  'ReplicaSet.apps': ['spec', 'template'],
  'ReplicaSet.extensions': ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  'Job.batch': ['spec', 'template'],
  'CronJob.batch': ['spec', 'jobTemplate', 'spec', 'template'],
  'Rollout.argoproj.io': ['spec', 'template'],
  'Service.serving.knative.dev': ['spec', 'template'],
  'DeploymentConfig.apps.openshift.io': ['spec', 'template'],
  DeploymentConfig: ['spec', 'template'],
  Pod: [],
};

export function* podOwnersOf(document: Document<YamlTree>): Generator<PodOwner> {
  for (const object of objectsOf(document)) {
    const path = TEMPLATES[object.group === '' ? object.kind : `${object.kind}.${object.group}`];
    if (path === undefined) continue;
    const template = get(object.node, ...path);
    const spec = get(template, 'spec');
    if (template === undefined || spec === undefined) continue;
    const sidecars = items(get(spec, 'initContainers')).filter(
      (node) => string(get(node, 'restartPolicy')) === 'Always',
    );
    const containers = [...items(get(spec, 'containers')), ...sidecars].flatMap((node) => {
      const named = pair(node, 'name') ?? pairs(node)[0];
      return named === undefined ? [] : [{ name: string(get(node, 'name')) ?? object.name, node, place: place(named) }];
    });
    yield { object, unit: unitOf(document, object.kind, object.namespace, object.name), template, spec, containers };
  }
}

/**
 * Files that are not for production get units of their own: the same object stands in the base and in the overlay of
 * every environment, and what a test mounts says nothing about production.
 */
export function unitOf(document: Document, kind: string, namespace: string, name: string): string {
  const unit = `${kind}/${namespace}/${name}`;
  if ((audienceOfPath(document.path) ?? 'production') === 'production') return unit;
  const folder = document.path.includes('/') ? document.path.slice(0, document.path.lastIndexOf('/')) : document.path;
  return `${folder}: ${unit}`;
}

/** The set of variables that a container sets itself; the file belongs to it, since overlays set other values. */
export function variablesOf(document: Document, owner: PodOwner, container: Container): string {
  return `unit:${owner.unit}/${container.name}@${document.path}`;
}
