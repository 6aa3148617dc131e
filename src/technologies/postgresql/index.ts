import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'postgresql',
  title: 'PostgreSQL',
  reads: [
    {
      language: 'ini',
      paths: ['postgresql*.conf', 'postgres*.conf', '**/postgres*/*.conf'],
      mentions: /^[ \t]*(?:max_connections|shared_buffers|listen_addresses|work_mem)\b/m,
    },
  ],
  runs: [
    {
      images:
        /(?:^|\/)(?:postgres|postgresql|postgresql-repmgr|postgis|timescaledb(?:-ha)?|pgvector|pgvecto-rs|vectorchord|spilo(?:-\d+)?|alloydbomni|postgresql-\d+(?:-\w+)?|zulip-postgresql)$/,
      programs: /^(?:postgres|postmaster)$/,
      role: 'database',
    },
  ],
};
