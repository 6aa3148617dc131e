import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'cheroot',
  title: 'Cheroot',
  // A program starts it itself; CherryPy brings it along.
  reads: [{ language: 'python', paths: ['*.py'], mentions: /\bche(?:root|rrypy)\b/ }],
  runs: [{ programs: /^cheroot$/, role: 'web' }],
};
