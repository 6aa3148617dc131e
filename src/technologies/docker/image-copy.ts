import { state, type Stated } from '../../facts/fact.js';
import { imageCopy } from '../../facts/image-copy.js';
import { locate, type Document } from '../../parse/document.js';
import type { DockerfileTree } from '../../parse/dockerfile/instruction.js';
import { stagesOf } from './stages.js';

/** What of the build context a stage holds, also by way of other stages. */
export function* fromDocument(document: Document<DockerfileTree>): Generator<Stated> {
  for (const stage of stagesOf(document)) {
    for (const { source, target, place } of stage.copies) {
      yield state(imageCopy, locate(document, place), { file: document.path, stage: stage.name, source, target });
    }
  }
}
