import type { Technology } from '../technology.js';

/** Parsers of forms that leave files in a folder, or hand them to whoever moves them to one. */
export const technology: Technology = {
  id: 'formidable',
  title: 'Parsers of forms',
  reads: [
    {
      language: 'javascript',
      paths: ['package.json'],
      mentions:
        /"(?:formidable|express-formidable|express-fileupload|koa-body|multiparty|connect-multiparty|@tus\/file-store|tus-node-server)"\s*:/,
    },
  ],
  runsOn: ['node', 'pm2', 'passenger'],
};
