import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'granian',
  title: 'Granian',
  reads: [],
  runs: [{ programs: /^granian$/, role: 'web' }],
};
