import type { Technology } from '../technology.js';

/** Packages install theirs under a name of their own: `aap-eda-manage`. */
const MANAGE = /^([\w-]{0,60}manage(\.py)?|django-admin(\.py)?|django)$/;

/** Settings decide almost everything here; `settings.ts` finds the module that production loads. */
export const technology: Technology = {
  id: 'django',
  title: 'Django',
  reads: [{ language: 'python', paths: ['*.py'], mentions: /\bdjango\b|\bDJANGO_SETTINGS_MODULE\b/ }],
  runsOn: [
    'passenger',
    'django',
    'gunicorn',
    'uwsgi',
    'uvicorn',
    'daphne',
    'hypercorn',
    'granian',
    'waitress',
    'cheroot',
    'celery',
    'zappa',
    'vercel',
  ],
  runs: [
    { programs: MANAGE, arguments: /^(runserver|runserver_plus|runsslserver|devserver)\b/, role: 'web' },
    {
      programs: MANAGE,
      arguments: /^(qcluster|rqworker|process_tasks|runworker|run_huey|db_worker)\b/,
      role: 'worker',
    },
    { programs: MANAGE, arguments: /^(rqscheduler|runapscheduler)\b/, role: 'scheduler' },
    {
      programs: MANAGE,
      arguments: /^(migrate|collectstatic|createsuperuser|loaddata|clearsessions|test)\b/,
      role: 'job',
    },
  ],
};
