import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'gunicorn',
  title: 'Gunicorn',
  // The evaluator opens them, and whatever else --config names.
  reads: [
    { language: 'python', paths: ['*gunicorn*.py'] },
    // A program may start it itself.
    { language: 'python', paths: ['*.py'], mentions: /\bgunicorn\.app\b/ },
  ],
  runs: [{ programs: /^gunicorn(?:3|_django|_paster)?$/, role: 'web' }],
};
