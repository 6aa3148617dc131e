import { nodePackage } from '../node-package.js';

export const technology = nodePackage('next-auth', 'Auth.js', [
  'next-auth',
  '@auth/core',
  '@auth/express',
  '@auth/sveltekit',
  '@auth/solid-start',
]);
