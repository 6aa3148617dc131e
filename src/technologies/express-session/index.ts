import type { Technology } from '../technology.js';

/** Sessions that a server keeps: of Express, and of those that took the idea over. */
export const technology: Technology = {
  id: 'express-session',
  title: 'express-session',
  reads: [
    {
      language: 'javascript',
      paths: ['package.json'],
      mentions: /"(?:express-session|@fastify\/session|koa-session|koa-generic-session)"\s*:/,
    },
  ],
  runsOn: ['node', 'pm2', 'passenger'],
};
