import { nodePackage } from '../node-package.js';

export const technology = nodePackage('node-caches', 'Caches of Node', [
  'node-cache',
  'lru-cache',
  'memory-cache',
  'quick-lru',
  'tiny-lru',
  '@isaacs/ttlcache',
  'apicache',
  'keyv',
  'cache-manager',
  '@nestjs/cache-manager',
]);
