import type { Technology } from '../technology.js';

/** Events that a server sends need no package, so any manifest is a sign. */
export const technology: Technology = {
  id: 'node-sockets',
  title: 'Connections of Node that stay open',
  reads: [{ language: 'javascript', paths: ['package.json'] }],
  runsOn: ['node', 'pm2', 'passenger'],
};
