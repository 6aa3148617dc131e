import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'celery',
  title: 'Celery',
  // What an application sets by itself, and who hands work to a task; the evaluator opens whatever else that is read from.
  reads: [{ language: 'python', paths: ['*.py'], mentions: /\b[cC]elery\b/ }],
  runsOn: [
    'celery',
    'django',
    'gunicorn',
    'uwsgi',
    'uvicorn',
    'daphne',
    'hypercorn',
    'granian',
    'waitress',
    'cheroot',
    'zappa',
    'vercel',
  ],
  runs: [
    // `worker -B` runs the scheduler as well: it must be single like one, and that is what counts.
    {
      programs: /^(?:celery|celeryd)$/,
      arguments: /(?:^|\s)beat(?:\s|$)|(?:^|\s)worker\s(?:.*\s)?(?:-B|--beat)(?:\s|$)/,
      role: 'scheduler',
    },
    { programs: /^celerybeat$/, role: 'scheduler' },
    { programs: /^(?:celery|celeryd)$/, arguments: /(?:^|\s)worker(?:\s|$)/, role: 'worker' },
    // Flower shows what the workers do; nobody asks it for a page of the application.
    { programs: /^(?:celery|flower)$/, arguments: /(?:^|\s)(?:flower|--broker)/, role: 'worker' },
  ],
};
