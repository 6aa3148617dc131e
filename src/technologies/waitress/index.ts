import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'waitress',
  title: 'Waitress',
  // A program may start it itself.
  reads: [{ language: 'python', paths: ['*.py'], mentions: /\bwaitress\b/ }],
  runs: [{ programs: /^waitress-serve$/, role: 'web' }],
};
