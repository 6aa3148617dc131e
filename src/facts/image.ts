import { boolean, defineFact, optional, text, texts } from './fact.js';

export const image = defineFact('image', 'An image that the repository builds: one fact per stage that can be run.', {
  file: text('The file that builds it, relative to the root.'),
  context: text('The folder it is built from where nobody names one, relative to the root.'),
  stage: text('Name of the stage, or its number from 0.'),
  final: text('"yes" for the last stage, which is built where no target is named.'),
  base: text('The image that it starts from, through stages of the same file.'),
  entrypoint: optional(texts('Words of the entry point.')),
  command: optional(texts('Words of the command.')),
  developed: boolean('Whether its own command is one that people start on their own machines.'),
  forEverybody: boolean('Whether its file is called after production, or after a place where that runs.'),
  stopSignal: optional(text('The signal that tells it to stop, where the image names one: "SIGQUIT".')),
  workingDirectory: text('Folder that it starts in; "/" where nothing is said.'),
});
