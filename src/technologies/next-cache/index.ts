import { nodePackage } from '../node-package.js';

export const technology = nodePackage('next-cache', 'Caches of Next.js', ['next']);
