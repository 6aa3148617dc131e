import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'hypercorn',
  title: 'Hypercorn',
  // A program may start it itself.
  reads: [{ language: 'python', paths: ['*.py'], mentions: /\bhypercorn\./ }],
  runs: [{ programs: /^hypercorn$/, role: 'web' }],
};
