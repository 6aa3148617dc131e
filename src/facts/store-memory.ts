import { choice, defineFact, text } from './fact.js';

export const storeMemory = defineFact(
  'store-memory',
  'How much a server that keeps data in memory may keep, and what it does when that is full.',
  {
    bound: choice(['set', 'none'], 'Whether anything bounds what it keeps.'),
    whenFull: choice(
      ['evicts-any', 'evicts-expiring', 'refuses'],
      'What makes room: any entry leaves, one that was to leave anyhow, or none, so that what is written is refused.',
    ),
    setting: text('What bounds it, as it is written: "maxmemory 512mb".'),
    policy: text('What decides which entries leave, as it is written.'),
    remedy: text('The lines to write for a store of copies.'),
  },
);
