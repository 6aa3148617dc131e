import { defineFact, text } from './fact.js';

export const imageCopy = defineFact('image-copy', 'A file or folder of the build context that an image holds.', {
  file: text('The file that builds the image, relative to the root.'),
  stage: text('Name of the stage, or its number from 0.'),
  source: text('Path in the build context.'),
  target: text('Absolute path in the image.'),
});
