import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'hypercorn',
  title: 'Hypercorn',
  reads: [],
  runs: [{ programs: /^hypercorn$/, role: 'web' }],
};
