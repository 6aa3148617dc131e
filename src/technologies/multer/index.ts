import type { Technology } from '../technology.js';

/** Uploads of Express; engines of other packages say where the files go. */
export const technology: Technology = {
  id: 'multer',
  title: 'multer',
  reads: [
    {
      language: 'javascript',
      paths: ['package.json'],
      mentions: /"(?:multer|koa-multer|@koa\/multer|fastify-multer)"\s*:/,
    },
  ],
  runsOn: ['node', 'pm2', 'passenger'],
};
