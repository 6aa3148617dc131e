import { nodePackage } from '../node-package.js';

export const technology = nodePackage('pg', 'node-postgres', [
  'pg',
  'pg-pool',
  '@neondatabase/serverless',
  'pg-promise',
  'postgres',
]);
