import { defineFact, text } from './fact.js';

export const application = defineFact(
  'application',
  'A program whose code the repository holds, whether or not anything deploys it.',
  {
    name: text('What people call it.'),
    directory: text('Folder of its code, relative to the root; empty for the root itself.'),
  },
);
