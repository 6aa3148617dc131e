import { autoscaler } from '../../facts/autoscaler.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pair, place } from '../../parse/yaml/read.js';
import { writtenCount } from '../written-count.js';
import { appOf, unitOf } from './app.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const { name, node } of appOf(document)?.components ?? []) {
    const scaling = get(node, 'autoscaling');
    const most = pair(scaling, 'max_instance_count');
    if (scaling === undefined || most === undefined) continue;
    yield state(autoscaler, locate(document, place(most)), {
      unit: unitOf(document, name),
      minimum: writtenCount(get(scaling, 'min_instance_count'), 1),
      maximum: writtenCount(most.value, 1),
    });
  }
}
