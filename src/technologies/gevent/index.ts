import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'gevent',
  title: 'gevent',
  // A program starts it itself.
  reads: [{ language: 'python', paths: ['*.py'], mentions: /\bgevent\b|\beventlet\b/ }],
};
