import { state, type Stated } from '../../facts/fact.js';
import { image } from '../../facts/image.js';
import type { Location } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { DockerfileTree } from '../../parse/dockerfile/instruction.js';
import { folderOf } from '../../repository-path.js';
import { DEVELOPMENT_COMMAND } from '../development-command.js';
import { stagesOf, type Words } from './stages.js';

/** What people call the file of an image that is run for everybody: `Dockerfile-aws`, `prod.Dockerfile`. */
const FOR_EVERYBODY =
  /(?:^|[._-])(?:prod|production|prd|live|release|deploy|deployment|aws|ecs|eks|fargate|azure|gcp|gcloud|k8s|kubernetes|heroku|fly)(?:[._-]|$)/i;

/** Each stage could be built as an image of its own; the location is what decides what it runs, else its `FROM`. */
export function* fromDocument(document: Document<DockerfileTree>): Generator<Stated> {
  const stages = stagesOf(document);
  for (const stage of stages) {
    const { base, entrypoint, command, workingDirectory, stopSignal } = stage;
    yield state(
      image,
      locate(document, command?.place ?? entrypoint?.place ?? stage.from),
      {
        file: document.path,
        context: contextOf(document.path),
        stage: stage.name,
        final: stage === stages.at(-1) ? 'yes' : 'no',
        base,
        workingDirectory,
        developed: DEVELOPMENT_COMMAND.test([...(entrypoint?.words ?? []), ...(command?.words ?? [])].join(' ')),
        forEverybody: FOR_EVERYBODY.test(document.path.replace(/^.*\//, '')),
        ...(entrypoint === undefined ? {} : { entrypoint: entrypoint.words }),
        ...(command === undefined ? {} : { command: command.words }),
        ...(stopSignal === undefined ? {} : { stopSignal }),
      },
      [],
      {
        base: locate(document, stage.basePlace),
        ...(entrypoint === undefined ? {} : { entrypoint: placesOf(document, entrypoint) }),
        ...(command === undefined ? {} : { command: placesOf(document, command) }),
      },
    );
  }
}

/** The folder of the file; from a folder that only holds such files people build the whole repository. */
function contextOf(path: string): string {
  const folder = folderOf(path);
  return /(^|\/)\.?(?:docker\w*|deploy|deployment|build|ci|compose|containers?|contrib|images?)(\/|$)/.test(folder)
    ? ''
    : folder;
}

function placesOf(document: Document, { place, places }: Words): Location | Location[] {
  return places === undefined ? locate(document, place) : places.map((one) => locate(document, one));
}
