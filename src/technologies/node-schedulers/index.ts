import type { Technology } from '../technology.js';

/** Timers need no package, so any manifest is a sign. */
export const technology: Technology = {
  id: 'node-schedulers',
  title: 'Clocks of Node',
  reads: [{ language: 'javascript', paths: ['package.json'] }],
  runsOn: ['node', 'pm2', 'passenger'],
};
