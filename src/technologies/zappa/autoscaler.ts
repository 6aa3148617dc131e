import { autoscaler } from '../../facts/autoscaler.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import { place } from '../../parse/yaml/read.js';
import { onDemand } from '../deployed-unit.js';
import { MOST_AT_ONCE } from '../function-concurrency.js';
import { writtenCount } from '../written-count.js';
import { settingOf, stagesOf, unitOf } from './stages.js';

/** `lambda_concurrency`: https://github.com/zappa/Zappa#advanced-settings */
export function* fromDocument(document: Document): Generator<Stated> {
  for (const stage of stagesOf(document)) {
    const written = settingOf(document, stage.pair.value, ['lambda_concurrency']);
    const maximum = written === undefined ? MOST_AT_ONCE : writtenCount(written.value, MOST_AT_ONCE);
    yield state(autoscaler, locate(document, written === undefined ? stage.pair.keyRange : place(written)), {
      unit: unitOf(document, stage),
      minimum: onDemand(0, maximum),
      maximum,
      bound: written === undefined ? 'account' : 'written',
      ...(written === undefined ? { by: 'nothing is reserved, so the limit of the account counts:' } : {}),
    });
  }
}
