import { autoscaler } from '../../facts/autoscaler.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { place } from '../../parse/yaml/read.js';
import { writtenCount } from '../written-count.js';
import { find, optionsOf, unitOf } from './options.js';

const SCALING = 'aws:autoscaling:asg';

/** The group of machines of an environment, 1 to 4 where a side is left out. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const options = optionsOf(document);
  const least = find(options, SCALING, 'MinSize');
  const most = find(options, SCALING, 'MaxSize');
  const at = most ?? least;
  if (at === undefined) return;
  yield state(autoscaler, locate(document, place(at)), {
    unit: unitOf(document),
    minimum: writtenCount(least?.value, 1),
    maximum: writtenCount(most?.value, 4),
  });
}
