import { state, type Stated } from '../../facts/fact.js';
import { image, IMAGE_PLACES } from '../../facts/image.js';
import type { Evidence } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { DockerfileTree } from '../../parse/dockerfile/instruction.js';
import { stagesOf } from './stages.js';

/** Each stage could be built as an image of its own; the location is what decides what it runs, else its `FROM`. */
export function* fromDocument(document: Document<DockerfileTree>): Generator<Stated> {
  const stages = stagesOf(document);
  for (const stage of stages) {
    const { base, entrypoint, command, workingDirectory } = stage;
    const evidence: Evidence[] = [];
    const note = (message: string, place: Range | undefined): void => {
      if (place !== undefined) evidence.push({ message, location: locate(document, place) });
    };
    note(IMAGE_PLACES.base, stage.from);
    note(IMAGE_PLACES.entrypoint, entrypoint?.place);
    note(IMAGE_PLACES.command, command?.place);
    yield state(
      image,
      locate(document, command?.place ?? entrypoint?.place ?? stage.from),
      {
        file: document.path,
        stage: stage.name,
        final: stage === stages.at(-1) ? 'yes' : 'no',
        base,
        workingDirectory,
        ...(entrypoint === undefined ? {} : { entrypoint: entrypoint.words }),
        ...(command === undefined ? {} : { command: command.words }),
      },
      evidence,
    );
  }
}
