import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { get, items, pairs, place, string } from '../../parse/yaml/read.js';
import { deploys } from '../deploys.js';
import { labelledServices, type Labelled } from './labels.js';
import { at, isOn, pairOf, rootsOf, type TraefikDocument } from './read.js';

export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const traefik = document as TraefikDocument;
  for (const root of rootsOf(traefik)) {
    for (const labelled of labelledServices(root)) yield* ofLabels(document, labelled);
    if (get(root, 'kind') === undefined) {
      for (const pair of pairs(at(root, 'http', 'services')))
        yield* ofService(document, pair.key, pair.value, pair.keyRange);
      for (const pair of pairs(at(root, 'backends'))) yield* ofBackend(document, pair.key, pair.value, pair.keyRange);
    } else if (/^traefik\.(?:io|containo\.us)\//.test(string(get(root, 'apiVersion')) ?? ''))
      yield* ofObject(document, root);
  }
}

/** `true`, a name, or a map of how the cookie looks; only "false" turns it off. */
const STICKY = /\.sticky(?:\.cookie)?(?:\.[\w.]+)?$|\.loadbalancer\.stickiness(?:\.[\w.]+)?$/;

/** Which containers there are the platform tells, and leaves out those that it knows to be ill. */
function* ofLabels(document: Document, { service, labels }: Labelled): Generator<Stated> {
  if (labels.some(({ key, value }) => key === 'traefik.enable' && value === 'false')) return;
  const routed = labels.find(({ key }) =>
    /^traefik\.(?:http\.(?:routers|services)\.|frontend\.|backend\b|[\w-]+\.frontend\.)/.test(key),
  );
  if (routed === undefined) return;
  const sticky = labels.find(({ key, value }) => STICKY.test(key) && value !== 'false');
  const asked = labels.some(({ key }) => /\.loadbalancer\.healthcheck\.|\.backend\.healthcheck\./.test(key));
  const name = /^traefik\.http\.(?:services|routers)\.([^.]+)\./.exec(routed.key)?.[1] ?? service;
  yield state(loadBalancer, locate(document, sticky?.place ?? routed.place), {
    ...{ name, affinity: sticky === undefined ? 'none' : 'cookie', targets: [service] },
    ...(asked ? { healthChecks: 'active' } : {}),
  });
}

/** `http.services.web.loadBalancer` of a file, with the servers that it names. */
function* ofService(document: Document, name: string, node: YamlNode, range: Range): Generator<Stated> {
  const balancer = at(node, 'loadbalancer');
  const urls = items(at(balancer, 'servers')).map(
    (server) => string(at(server, 'url')) ?? string(at(server, 'address')) ?? '',
  );
  const weighted = at(node, 'weighted');
  if (weighted !== undefined) {
    const sticky = pairOf(weighted, 'sticky');
    if (!isOn(sticky) || sticky === undefined) return;
    const names = items(at(weighted, 'services')).flatMap((one) => string(at(one, 'name')) ?? []);
    yield state(loadBalancer, locate(document, place(sticky)), { name, affinity: 'cookie', targets: names });
    return;
  }
  if (urls.length === 0) return;
  const sticky = pairOf(balancer, 'sticky');
  yield state(
    loadBalancer,
    locate(document, range),
    {
      ...{ name, affinity: isOn(sticky) ? 'cookie' : 'none', targets: hostsOf(urls), members: urls.length },
      algorithm: algorithmOf(string(at(balancer, 'strategy'))),
      healthChecks: isOn(pairOf(balancer, 'healthcheck'))
        ? 'active'
        : isOn(pairOf(balancer, 'passivehealthcheck'))
          ? 'passive'
          : 'none',
      checkRemedy: 'healthCheck: { path: /health, interval: 5s } in its loadBalancer',
    },
    [],
    sticky !== undefined && isOn(sticky) ? { affinity: locate(document, place(sticky)) } : {},
  );
}

/** `[backends.web.servers.one]` of Traefik 1. */
function* ofBackend(document: Document, name: string, node: YamlNode, range: Range): Generator<Stated> {
  const urls = pairs(at(node, 'servers')).flatMap(({ value }) => string(at(value, 'url')) ?? []);
  if (urls.length === 0) return;
  const sticky =
    isOn(pairOf(at(node, 'loadbalancer'), 'stickiness')) || isOn(pairOf(at(node, 'loadbalancer'), 'sticky'));
  yield state(loadBalancer, locate(document, range), {
    ...{ name, affinity: sticky ? 'cookie' : 'none', targets: hostsOf(urls), members: urls.length },
    algorithm: 'turns',
    healthChecks: isOn(pairOf(node, 'healthcheck')) ? 'active' : 'none',
    checkRemedy: `[backends.${name}.healthcheck] with path = "/health"`,
  });
}

/** IngressRoutes name services; a TraefikService weighs several. */
function* ofObject(document: Document, root: YamlNode): Generator<Stated> {
  const kind = string(get(root, 'kind'));
  const name = string(get(root, 'metadata', 'name')) ?? '';
  const spec = get(root, 'spec');
  const services =
    kind === 'IngressRoute'
      ? items(get(spec, 'routes')).flatMap((route) => items(get(route, 'services')))
      : kind === 'TraefikService'
        ? [...items(get(spec, 'weighted', 'services')), ...items(get(spec, 'mirroring', 'mirrors'))]
        : [];
  const sticky = [...services, get(spec, 'weighted')]
    .map((one) => pairOf(one, 'sticky'))
    .find((found) => found !== undefined && isOn(found));
  const targets = services.flatMap((one) =>
    (string(get(one, 'name')) ?? '@').includes('@') ? [] : (string(get(one, 'name')) ?? []),
  );
  if (targets.length === 0) return;
  const named = pairOf(get(root, 'metadata'), 'name');
  const location = sticky ?? named;
  if (location === undefined) return;
  const affinity = sticky === undefined ? 'none' : 'cookie';
  yield state(loadBalancer, locate(document, place(location)), { name, affinity, targets: [...new Set(targets)] });
}

function algorithmOf(strategy: string | undefined): 'turns' | 'other' {
  return strategy === undefined || /^(?:wrr|roundrobin)$/i.test(strategy) ? 'turns' : 'other';
}

function hostsOf(urls: readonly string[]): Maybe<readonly string[]> {
  const open = urls.find((url) => /\{\{|\$\{?\w/.test(url));
  if (open !== undefined) return unknown('filled in by a template');
  const hosts = urls.map((url) => url.replace(/^\w+:\/\//, '').replace(/\/.*$/, ''));
  return [
    ...new Set(
      hosts.map((host) => (host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d+$/, ''))),
    ),
  ];
}
