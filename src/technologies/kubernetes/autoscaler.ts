import { autoscaler } from '../../facts/autoscaler.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isScalar, number, string } from '../../parse/yaml/read.js';
import { objectsOfKinds, placeOf } from './objects.js';
import { unitOf } from './pods.js';
import { shareOfMetrics, shareOfTriggers } from './measured.js';

/** HorizontalPodAutoscaler, KEDA's objects, and the annotations of Knative. The location is the maximum. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const object of objectsOfKinds(document, new Set(['HorizontalPodAutoscaler.autoscaling']))) {
    const spec = get(object.node, 'spec');
    yield state(autoscaler, placeOf(document, object, 'spec', 'maxReplicas'), {
      unit: target(document, get(spec, 'scaleTargetRef'), object.namespace),
      minimum: count(get(spec, 'minReplicas'), 1),
      maximum: count(get(spec, 'maxReplicas'), unknown('no maximum is given')),
      shareOf: shareOfMetrics(spec),
    });
  }
  for (const object of objectsOfKinds(document, new Set(['ScaledObject.keda.sh']))) {
    const spec = get(object.node, 'spec');
    yield state(autoscaler, placeOf(document, object, 'spec', 'maxReplicaCount'), {
      unit: target(document, get(spec, 'scaleTargetRef'), object.namespace),
      minimum: count(get(spec, 'minReplicaCount'), 0),
      maximum: count(get(spec, 'maxReplicaCount'), 100),
      shareOf: shareOfTriggers(spec),
    });
  }
  for (const object of objectsOfKinds(document, new Set(['HTTPScaledObject.http.keda.sh']))) {
    const spec = get(object.node, 'spec');
    // Which pod it reads requests from is its own proxy's business; https://github.com/kedacore/http-add-on
    yield state(autoscaler, placeOf(document, object, 'spec', 'replicas', 'max'), {
      unit: target(document, get(spec, 'scaleTargetRef'), object.namespace),
      minimum: count(get(spec, 'replicas', 'min'), 0),
      maximum: count(get(spec, 'replicas', 'max'), 100),
    });
  }
  for (const object of objectsOfKinds(document, new Set(['Service.serving.knative.dev']))) {
    const annotations = get(object.node, 'spec', 'template', 'metadata', 'annotations');
    const bound = (side: string): YamlNode | undefined =>
      get(annotations, `autoscaling.knative.dev/${side}-scale`) ??
      get(annotations, `autoscaling.knative.dev/${side}Scale`);
    const most = bound('max');
    const limit = number(most);
    yield state(autoscaler, locate(document, most ?? object.place), {
      unit: unitOf(document, object.kind, object.namespace, object.name),
      minimum: count(bound('min'), 0),
      maximum: limit === undefined || limit === 0 ? unknown('nothing bounds how many the platform starts') : limit,
    });
  }
}

function target(document: Document, reference: YamlNode | undefined, namespace: string): Maybe<string> {
  const name = string(get(reference, 'name')) ?? string(get(reference, 'deployment'));
  if (name === undefined) return unknown('it does not say what it scales');
  return unitOf(document, string(get(reference, 'kind')) ?? 'Deployment', namespace, name);
}

function count(node: YamlNode | undefined, byDefault: Maybe<number>): Maybe<number> {
  if (!isScalar(node)) return byDefault;
  return number(node) ?? unknown(`not a number here: ${node.text.slice(0, 80)}`);
}
