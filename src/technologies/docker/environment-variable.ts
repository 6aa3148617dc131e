import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { DockerfileTree } from '../../parse/dockerfile/instruction.js';
import { stagesOf } from './stages.js';

/** What `ENV` sets, for each stage together with what it inherits. */
export function* fromDocument(document: Document<DockerfileTree>): Generator<Stated> {
  for (const stage of stagesOf(document)) {
    for (const [name, { value, place }] of stage.variables) {
      const set = `image:${document.path}#${stage.name}`;
      yield state(environmentVariable, locate(document, place), { set, name, value });
    }
  }
}
