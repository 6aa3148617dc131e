import { choice, defineFact, text } from './fact.js';

export const application = defineFact(
  'application',
  'A program whose code the repository holds, whether or not anything deploys it.',
  {
    name: text('What people call it.'),
    told: choice(
      ['by-administration', 'by-serving'],
      'Whether the folder is that of its administration, which is certain, or follows from what serves it.',
    ),
    directory: text('Folder of its code, relative to the root; empty for the root itself.'),
  },
);
