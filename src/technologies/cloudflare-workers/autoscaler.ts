import { autoscaler } from '../../facts/autoscaler.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { number, pair, place } from '../../parse/yaml/read.js';
import { onDemand } from '../deployed-unit.js';
import { containersOf } from './containers.js';
import { workerOf } from './worker.js';

/** Containers are started as they are asked for, up to a number: https://developers.cloudflare.com/workers/wrangler/configuration/#containers */
export function* fromDocument(document: Document<TomlTree | YamlTree>): Generator<Stated> {
  const worker = workerOf(document);
  if (worker === undefined) return;
  for (const { node, unit } of containersOf(worker)) {
    const most = pair(node, 'max_instances');
    const maximum = most === undefined ? 20 : (number(most.value) ?? unknown<number>('it is no number'));
    yield state(autoscaler, locate(document, most === undefined ? node : place(most)), {
      unit,
      minimum: onDemand(0, maximum),
      maximum,
      ...(most === undefined ? { by: 'its platform starts' } : {}),
    });
  }
}
