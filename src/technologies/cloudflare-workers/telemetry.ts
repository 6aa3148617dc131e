import { state, type Stated } from '../../facts/fact.js';
import { telemetry } from '../../facts/telemetry.js';
import { locate, type Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { place } from '../../parse/yaml/read.js';
import { containersOf } from './containers.js';
import { inherited, workerOf } from './worker.js';

/** The platform counts requests, errors and time of each script: https://developers.cloudflare.com/workers/observability/metrics-and-analytics/ */
export function* fromDocument(document: Document<TomlTree | YamlTree>): Generator<Stated> {
  const worker = workerOf(document);
  const main = worker === undefined ? undefined : inherited(worker, 'main');
  if (worker === undefined || main === undefined) return;
  yield state(telemetry, locate(document, place(main)), {
    name: 'Cloudflare',
    means: 'outside',
    targets: [worker.name, ...containersOf(worker).map(({ name }) => name)],
  });
}
