import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'daphne',
  title: 'Daphne',
  // A program may start it itself.
  reads: [{ language: 'python', paths: ['*.py'], mentions: /\bfrom daphne\.|\bdaphne\.(?:server|cli)\b/ }],
  runs: [{ programs: /^daphne$/, role: 'web' }],
};
