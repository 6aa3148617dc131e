import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'daphne',
  title: 'Daphne',
  reads: [],
  runs: [{ programs: /^daphne$/, role: 'web' }],
};
