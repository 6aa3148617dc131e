import { nodePackage } from '../node-package.js';

export const technology = nodePackage('hapi', 'hapi', [
  '@hapi/hapi',
  'hapi',
  '@hapi/yar',
  'yar',
  'hapi-rate-limit',
  'hapi-rate-limitor',
]);
