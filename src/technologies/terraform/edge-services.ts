import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import { loadBalancer } from '../../facts/load-balancer.js';
import { unknown, type Location, type Maybe } from '../../location.js';
import { reasonOf, textOf, truthOf, type Data } from '../evaluated.js';
import { setAt, type Applied } from './resources.js';
import type { View } from './view.js';

interface Switch {
  readonly where: string;
  readonly location: Location;
  readonly on: Maybe<boolean>;
  readonly remedy: string;
}

/** What edges other than CloudFront do with text, each by the words of its provider. */
export function* compressionOf(all: readonly Applied[]): Generator<Stated> {
  const zones = new Set<string>();
  for (const resource of all) {
    if (resource.audience !== 'production') continue;
    const told = switchOf(resource);
    if (told === undefined) continue;
    // Every name that is handed through the same provider is treated alike, so that one of them tells.
    const isRecord = RECORD.test(resource.type);
    if (isRecord && zones.size > 0) continue;
    if (isRecord) zones.add(resource.unit);
    const { where, location, on, remedy } = told;
    const types = typeof on === 'boolean' ? (on ? ('text' as const) : ('none' as const)) : unknown<'text'>(on.unknown);
    yield state(compression, location, { layer: 'cdn', where, enabled: on, types, remedy });
  }
}

const RECORD = /^cloudflare_(?:dns_)?record$/;

function switchOf(resource: Applied): Switch | undefined {
  const { type, view, name } = resource;
  if (RECORD.test(type)) {
    // https://developers.cloudflare.com/speed/optimization/content/compression/: on for all text, unless a rule says otherwise.
    if (truthOf(view.get('proxied')) !== true) return undefined;
    return { where: name, location: setAt(view, 'proxied'), on: true, remedy: '' };
  }
  if (/^fastly_service_(?:vcl|v1)$/.test(type)) return ofFastly(resource);
  if (type === 'google_compute_backend_service') {
    if (truthOf(view.get('enable_cdn')) !== true) return undefined;
    const mode = view.get('compression_mode');
    const word = textOf(mode);
    // https://cloud.google.com/cdn/docs/dynamic-compression: off where nothing is said.
    const on =
      mode === undefined ? false : word === undefined ? unknown<boolean>(reasonOf(mode)) : word === 'AUTOMATIC';
    return {
      ...{ where: name, on, remedy: 'compression_mode = "AUTOMATIC"' },
      location: mode === undefined ? view.at() : setAt(view, 'compression_mode'),
    };
  }
  if (type === 'azurerm_cdn_endpoint') return switched(view, 'is_compression_enabled', name);
  if (type !== 'azurerm_cdn_frontdoor_route') return undefined;
  const [cache] = view.blocks('cache');
  // Without that block it keeps nothing, and what is not kept is not compressed.
  return cache === undefined ? undefined : switched(cache, 'compression_enabled', name);
}

function switched(view: View, attribute: string, where: string): Switch {
  const data = view.get(attribute);
  const on = data === undefined ? false : (truthOf(data) ?? unknown<boolean>(reasonOf(data)));
  const location = data === undefined ? view.at() : setAt(view, attribute);
  return { where, on, location, remedy: `${attribute} = true` };
}

/** https://www.fastly.com/documentation/guides/concepts/compression/: off unless a block or VCL of one's own switches it on. */
function ofFastly({ view, name }: Applied): Switch {
  const remedy = 'gzip { name = "text" }';
  const [gzip] = view.blocks('gzip');
  if (gzip !== undefined) return { where: name, on: true, location: gzip.at(), remedy };
  const written = [...view.blocks('vcl'), ...view.blocks('snippet')].map((one) => one.get('content'));
  const texts = written.map((one) => textOf(one));
  const says = texts.some((text) =>
    /\bberesp\.(?:gzip|brotli)\b|\bX-Compress-Hint\b/i.test(text?.slice(0, 200_000) ?? ''),
  );
  const open = view.open('gzip') ?? view.open('vcl') ?? view.open('snippet');
  const on =
    says ||
    (open === undefined && !texts.includes(undefined)
      ? false
      : unknown<boolean>('its VCL, which may switch compression on, is not known'));
  return { where: name, on, location: view.at(), remedy };
}

/** Clients that a platform binds to an instance, and backends among which an edge chooses. */
export function* edgeBalancers(
  all: readonly Applied[],
  nameOf: (resource: Applied) => string | undefined,
): Generator<Stated> {
  for (const resource of all) {
    const { type, view, name } = resource;
    if (/^fastly_service_(?:vcl|v1)$/.test(type)) {
      const group = view
        .blocks('backend')
        .filter((one) => truthOf(one.get('auto_loadbalance')) === true && one.get('request_condition') === undefined);
      const [first] = group;
      if (first === undefined || group.length < 2) continue;
      const hosts = group.map((one) => textOf(one.get('address')));
      const known = hosts.flatMap((host) => host ?? []);
      yield state(loadBalancer, first.at(), {
        ...{ name, affinity: 'none', members: group.length, algorithm: 'other' },
        targets: known.length === hosts.length ? known : unknown('an address is not known'),
        healthChecks: group.some((one) => one.get('healthcheck') !== undefined) ? 'active' : 'none',
        checkRemedy:
          'healthcheck { name = "app", host = "...", path = "/health" }, and healthcheck = "app" in each backend',
      });
      continue;
    }
    const bound = AFFINITY.find(([types]) => types.test(type))?.[1](view);
    const target = nameOf(resource);
    if (bound === undefined || target === undefined || truthOf(bound.data) === false) continue;
    yield state(loadBalancer, bound.location, {
      ...{ name: target, targets: [target] },
      affinity: truthOf(bound.data) === true ? 'cookie' : unknown(reasonOf(bound.data)),
    });
  }
}

interface Bound {
  readonly data: Data;
  readonly location: Location;
}

function boundBy(view: View | undefined, attribute: string): Bound | undefined {
  const data = view?.get(attribute);
  return view === undefined || data === undefined ? undefined : { data, location: setAt(view, attribute) };
}

/** https://cloud.google.com/run/docs/configuring/session-affinity, https://learn.microsoft.com/azure/app-service/overview-manage-affinity */
const AFFINITY: readonly (readonly [RegExp, (view: View) => Bound | undefined])[] = [
  [/^google_cloud_run_v2_service$/, (view) => boundBy(view.blocks('template')[0], 'session_affinity')],
  [/^azurerm_(?:linux_web_app|app_service)$/, (view) => boundBy(view, 'client_affinity_enabled')],
];
