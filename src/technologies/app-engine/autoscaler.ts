import { autoscaler } from '../../facts/autoscaler.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pair, place } from '../../parse/yaml/read.js';
import { writtenCount } from '../written-count.js';
import { serviceOf, unitOf, type Service } from './service.js';

/**
 * Where nobody writes a maximum, new projects have one of 20 and older ones none:
 * https://cloud.google.com/appengine/docs/standard/reference/app-yaml#automatic_scaling
 */
const UNBOUNDED: Maybe<number> = unknown('nothing bounds how many the platform starts', [20, 1000]);

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const service = serviceOf(document);
  if (service === undefined || get(service.root, 'manual_scaling') !== undefined) return;
  const kind = ['basic_scaling', 'automatic_scaling'].find((key) => get(service.root, key) !== undefined);
  const scaling = kind === undefined ? undefined : pair(service.root, kind);
  const [least, most] = bounds(service);
  const written = pair(scaling?.value, most);
  const at = written ?? scaling ?? pair(service.root, 'runtime');
  yield state(autoscaler, locate(document, at === undefined ? service.root : place(at)), {
    unit: unitOf(document, service),
    minimum: minimumOf(service, writtenCount(get(scaling?.value, least), 0)),
    maximum: writtenCount(written?.value, service.flexible ? 20 : UNBOUNDED),
  });
}

function bounds({ flexible }: Service): [string, string] {
  return flexible ? ['min_num_instances', 'max_num_instances'] : ['min_instances', 'max_instances'];
}

/** On machines of its own two are kept unless somebody wants fewer; else the first request starts what it needs. */
function minimumOf({ flexible }: Service, written: Maybe<number>): Maybe<number> {
  if (written !== 0) return written;
  return flexible ? 2 : unknown('the platform runs as many as there is load for');
}
