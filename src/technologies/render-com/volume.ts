import { state, type Stated } from '../../facts/fact.js';
import { volume } from '../../facts/volume.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pair, place, string } from '../../parse/yaml/read.js';
import { blueprintOf, unitOf } from './blueprint.js';

/** A disk is attached to one instance. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const { name, node } of blueprintOf(document).services) {
    const disk = get(node, 'disk');
    const path = pair(disk, 'mountPath');
    const mounted = string(path?.value);
    if (path === undefined || mounted === undefined) continue;
    yield state(volume, locate(document, place(path)), {
      unit: unitOf(document, name),
      container: name,
      source: string(get(disk, 'name')) ?? 'disk',
      origin: 'claim-per-instance',
      path: mounted,
      readOnly: false,
    });
  }
}
