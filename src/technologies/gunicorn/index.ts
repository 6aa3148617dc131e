import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'gunicorn',
  title: 'Gunicorn',
  reads: [],
  runs: [{ programs: /^gunicorn(?:3|_django|_paster)?$/, role: 'web' }],
};
