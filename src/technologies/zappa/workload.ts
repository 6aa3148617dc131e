import type { Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import { string } from '../../parse/yaml/read.js';
import { folderOf } from '../../repository-path.js';
import { platformWorkload } from '../platform-process.js';
import { settingOf, stagesOf, unitOf, variablesOf } from './stages.js';

/** A function for each stage: one instance for each request that is under way. */
export function* fromDocument(document: Document): Generator<Stated> {
  for (const stage of stagesOf(document)) {
    const image = string(settingOf(document, stage.pair.value, ['docker_image_uri'])?.value);
    yield platformWorkload(locate(document, stage.pair.keyRange), {
      unit: unitOf(document, stage),
      name: stage.name,
      audience: stage.audience,
      replicas: unknown('one instance for each request that is under way', [10, 1000]),
      rollout: { strategy: 'rolling', surge: unknown('instances of the old version finish what they began') },
      ...(image === undefined ? { buildContext: folderOf(document.path) } : { image }),
      command: ['zappa-handler'],
      environmentSources: [variablesOf(document, stage)],
      ports: ['$PORT'],
      published: true,
    });
  }
}
