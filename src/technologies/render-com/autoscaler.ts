import { autoscaler } from '../../facts/autoscaler.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pair, place } from '../../parse/yaml/read.js';
import { writtenCount } from '../written-count.js';
import { blueprintOf, unitOf } from './blueprint.js';

/** `scaling` with its two bounds. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const { name, node } of blueprintOf(document).services) {
    const scaling = get(node, 'scaling');
    const most = pair(scaling, 'maxInstances');
    if (scaling === undefined || most === undefined) continue;
    yield state(autoscaler, locate(document, place(most)), {
      unit: unitOf(document, name),
      minimum: writtenCount(get(scaling, 'minInstances'), 1),
      maximum: writtenCount(most.value, 1),
    });
  }
}
