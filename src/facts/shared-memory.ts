import { choice, defineFact, text } from './fact.js';

export const sharedMemory = defineFact(
  'shared-memory',
  'State of a module or class that requests change: each process has its own copy.',
  {
    name: text('The variable.'),
    scope: choice(['process'], 'Always the process.'),
    writer: text('The function that changes it.'),
    purpose: choice(
      ['cache', 'copy', 'counter', 'registry', 'general'],
      'What it is for: a cache only repeats work per process; a copy is thrown away in one process when what it was made of changes, and stays in the others; a counter or registry gives wrong answers.',
    ),
    remedy: {
      ...text('Where it can live instead, as a line to write; absent where nothing tells.'),
      optional: true,
    },
  },
);
