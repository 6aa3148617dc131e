import { choice, defineFact, text } from './fact.js';

export const sharedMemory = defineFact(
  'shared-memory',
  'State of a module or class that requests change: each process has its own copy.',
  {
    name: text('The variable.'),
    scope: choice(['process'], 'Always the process.'),
    writer: text('The function that changes it.'),
    purpose: choice(
      ['cache', 'counter', 'registry', 'general'],
      'What it is for: a cache only repeats work per process; a counter or registry gives wrong answers.',
    ),
  },
);
