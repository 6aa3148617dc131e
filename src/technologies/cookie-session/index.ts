import type { Technology } from '../technology.js';

/** Sessions that a cookie holds, signed or sealed: every instance reads them. */
export const technology: Technology = {
  id: 'cookie-session',
  title: 'cookie-session and its kin',
  reads: [
    {
      language: 'javascript',
      paths: ['package.json'],
      mentions: /"(?:cookie-session|client-sessions|iron-session|@fastify\/secure-session)"\s*:/,
    },
  ],
  runsOn: ['node', 'pm2', 'passenger'],
};
