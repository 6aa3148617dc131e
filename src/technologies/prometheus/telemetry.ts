import { state, type Stated } from '../../facts/fact.js';
import { telemetry } from '../../facts/telemetry.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { deploys } from '../deploys.js';

/** Deeper than the annotations of a CronJob's pods nothing of this kind stands. */
const DEEPEST = 8;

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  if (!deploys(document.path)) return;
  for (const root of document.tree.documents) {
    yield* scraped(document, root);
    const kind = string(get(root, 'kind')) ?? '';
    const named = pair(get(root, 'metadata'), 'name');
    if (/^(?:ServiceMonitor|PodMonitor|OpenTelemetryCollector|Instrumentation)$/.test(kind) && named !== undefined)
      yield state(telemetry, locate(document, place(named)), { name: kind, means: 'outside' });
    const at = kind === '' ? undefined : annotation(root, 0);
    if (at !== undefined) yield state(telemetry, locate(document, at), { name: 'Prometheus', means: 'outside' });
  }
}

/** `static_configs` name hosts; whatever else finds its targets is taken to find them all. */
function* scraped(document: Document, root: YamlNode): Generator<Stated> {
  for (const job of items(get(root, 'scrape_configs'))) {
    const at = pair(job, 'job_name');
    const fixed = items(get(job, 'static_configs')).flatMap((one) =>
      items(get(one, 'targets')).flatMap((target) => string(target) ?? []),
    );
    const finds = pairs(job).some(({ key }) => key.endsWith('_sd_configs'));
    const hosts = fixed.map((target) => target.replace(/^https?:\/\//, '').replace(/[:/].*$/, ''));
    if (at === undefined || (!finds && hosts.length === 0)) continue;
    yield state(telemetry, locate(document, place(at)), {
      name: 'Prometheus',
      means: 'outside',
      ...(finds ? {} : { targets: hosts }),
    });
  }
}

/** `prometheus.io/scrape: "true"` of a pod or a service. */
function annotation(node: YamlNode, depth: number): Range | undefined {
  if (depth > DEEPEST || node.kind !== 'map') return undefined;
  for (const one of node.pairs) {
    if (one.key === 'prometheus.io/scrape' && string(one.value) === 'true') return place(one);
    const below = annotation(one.value, depth + 1);
    if (below !== undefined) return below;
  }
  return undefined;
}
