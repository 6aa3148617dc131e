import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import type { Location } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { deploys } from '../deploys.js';
import { labelsOf, objectsOf, placeOf, type KubernetesObject } from './objects.js';

type Affinity = 'none' | 'address' | 'cookie' | 'hash';

/** Services that choose among pods, Ingresses, routes of Gateways, and what Istio has for both. The location is the affinity where one is set. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  if (!deploys(document.path)) return;
  for (const object of objectsOf(document)) {
    if (object.kind === 'Service' && object.group === '') yield* service(document, object);
    if (object.kind === 'Ingress' && /^(?:networking\.k8s\.io|extensions)$/.test(object.group)) {
      yield* ingress(document, object);
    }
    if (object.kind === 'DestinationRule') yield* destinationRule(document, object);
    if (object.kind === 'VirtualService' && object.group === 'networking.istio.io')
      yield* virtualService(document, object);
    if (/^(?:HTTP|GRPC|TLS|TCP)Route$/.test(object.kind) && object.group === 'gateway.networking.k8s.io')
      yield* route(document, object);
  }
}

function* service(document: Document<YamlTree>, object: KubernetesObject): Generator<Stated> {
  const spec = get(object.node, 'spec');
  const selector = get(spec, 'selector');
  // Without an address of its own it only resolves names; without a selector it leads to no pod of this cluster.
  if (!isMap(selector) || /^none$/i.test(string(get(spec, 'clusterIP')) ?? '')) return;
  const sticky = annotation(object, [
    [/^traefik\.ingress\.kubernetes\.io\/service\.sticky\.cookie$/, /^true$/, 'cookie'],
  ]);
  const byAddress = string(get(spec, 'sessionAffinity')) === 'ClientIP';
  const affinity: Affinity = byAddress ? 'address' : (sticky?.affinity ?? 'none');
  const location = byAddress
    ? placeOf(document, object, 'spec', 'sessionAffinity')
    : locate(document, sticky === undefined ? object.place : place(sticky.pair));
  yield stateBalancer(location, object.name, affinity, [], labelsOf(selector));
}

const INGRESS_AFFINITY: readonly (readonly [RegExp, RegExp, Affinity])[] = [
  [/^nginx\.ingress\.kubernetes\.io\/affinity$/, /^cookie$/, 'cookie'],
  [/^nginx\.ingress\.kubernetes\.io\/upstream-hash-by$/, /remote_addr|x_forwarded_for/, 'address'],
  [/^nginx\.ingress\.kubernetes\.io\/upstream-hash-by$/, /./, 'hash'],
  [/^nginx\.org\/sticky-cookie-services$/, /./, 'cookie'],
  [/^nginx\.org\/lb-method$/, /ip_hash/, 'address'],
  [/^haproxy\.org\/cookie-persistence$/, /./, 'cookie'],
  [/^haproxy-ingress\.github\.io\/affinity$/, /^cookie$/, 'cookie'],
  [/^alb\.ingress\.kubernetes\.io\/target-group-attributes$/, /stickiness\.enabled=true/, 'cookie'],
  [/^appgw\.ingress\.kubernetes\.io\/cookie-based-affinity$/, /^true$/, 'cookie'],
];

function* ingress(document: Document<YamlTree>, object: KubernetesObject): Generator<Stated> {
  const found = annotation(object, INGRESS_AFFINITY);
  const location = locate(document, found === undefined ? object.place : place(found.pair));
  const spec = get(object.node, 'spec');
  const backends = [get(spec, 'defaultBackend'), get(spec, 'backend')];
  for (const rule of items(get(spec, 'rules'))) {
    for (const path of items(get(rule, 'http', 'paths'))) backends.push(get(path, 'backend'));
  }
  const targets = backends.flatMap((backend) => {
    const name = get(backend, 'service', 'name') ?? get(backend, 'serviceName');
    return string(name) ?? [];
  });
  yield stateBalancer(location, object.name, found?.affinity ?? 'none', [...new Set(targets)], undefined);
}

/** https://gateway-api.sigs.k8s.io/reference/spec/#sessionpersistence: by cookie, unless it says by a header. */
function* route(document: Document<YamlTree>, object: KubernetesObject): Generator<Stated> {
  const rules = items(get(object.node, 'spec', 'rules'));
  const targets = rules.flatMap((rule) =>
    items(get(rule, 'backendRefs')).flatMap((backend) => {
      const kind = string(get(backend, 'kind')) ?? 'Service';
      return kind === 'Service' ? (string(get(backend, 'name')) ?? []) : [];
    }),
  );
  const persistent = rules.map((rule) => pair(rule, 'sessionPersistence')).find((one) => one !== undefined);
  const affinity: Affinity =
    persistent === undefined ? 'none' : string(get(persistent.value, 'type')) === 'Header' ? 'hash' : 'cookie';
  const location = locate(document, persistent === undefined ? object.place : place(persistent));
  yield stateBalancer(location, object.name, affinity, [...new Set(targets)], undefined);
}

/** https://istio.io/latest/docs/reference/config/networking/virtual-service/: who stays with whom is said by DestinationRules. */
function* virtualService(document: Document<YamlTree>, object: KubernetesObject): Generator<Stated> {
  const spec = get(object.node, 'spec');
  const hosts = ['http', 'tls', 'tcp'].flatMap((kind) =>
    items(get(spec, kind)).flatMap((rule) =>
      items(get(rule, 'route')).flatMap((one) => string(get(one, 'destination', 'host')) ?? []),
    ),
  );
  if (hosts.length === 0) return;
  const targets = hosts.map((host) => host.split('.')[0] ?? host);
  yield stateBalancer(locate(document, object.place), object.name, 'none', [...new Set(targets)], undefined);
}

function* destinationRule(document: Document<YamlTree>, object: KubernetesObject): Generator<Stated> {
  const spec = get(object.node, 'spec');
  const hash = get(spec, 'trafficPolicy', 'loadBalancer', 'consistentHash');
  const host = string(get(spec, 'host'));
  if (hash === undefined || host === undefined) return;
  const affinity =
    get(hash, 'httpCookie') !== undefined ? 'cookie' : get(hash, 'useSourceIp') !== undefined ? 'address' : 'hash';
  const location = placeOf(document, object, 'spec', 'trafficPolicy', 'loadBalancer', 'consistentHash');
  yield stateBalancer(location, object.name, affinity, [host.split('.')[0] ?? host], undefined);
}

function stateBalancer(
  location: Location,
  name: string,
  affinity: Affinity,
  targets: readonly string[],
  labels: Readonly<Record<string, string>> | undefined,
): Stated {
  const selector = labels === undefined ? undefined : Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const properties = { name, affinity, targets };
  return state(loadBalancer, location, selector === undefined ? properties : { ...properties, selector });
}

function annotation(
  object: KubernetesObject,
  known: readonly (readonly [RegExp, RegExp, Affinity])[],
): { affinity: Affinity; pair: YamlPair } | undefined {
  const annotations: YamlNode | undefined = get(object.node, 'metadata', 'annotations');
  for (const [name, value, affinity] of known) {
    const found = pairs(annotations).find((pair) => name.test(pair.key) && value.test(string(pair.value) ?? ''));
    if (found !== undefined) return { affinity, pair: found };
  }
  return undefined;
}
