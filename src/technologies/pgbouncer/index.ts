import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'pgbouncer',
  title: 'PgBouncer',
  reads: [
    {
      language: 'ini',
      paths: ['*pgbouncer*.ini', '*pgbouncer*.ini.*', '**/pgbouncer/*.ini'],
      mentions: /^[ \t]*\[(?:pgbouncer|databases)\]/m,
    },
  ],
  runs: [{ images: /(?:^|\/)(?:docker-)?pgbouncer(?:-container)?$/, programs: /^pgbouncer$/, role: 'pooler' }],
};
