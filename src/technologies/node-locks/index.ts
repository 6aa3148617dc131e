import { nodePackage } from '../node-package.js';

export const technology = nodePackage('node-locks', 'Locks of Node', [
  'async-lock',
  'async-mutex',
  'await-lock',
  'proper-lockfile',
  'lockfile',
]);
